import { Identifier } from '#components/ui/identifier.tsx';
import { Note } from '#components/ui/note.tsx';
import { PictureNote } from '#components/ui/picture-note.tsx';
import type { Status } from '#lib/api/status/schemas.ts';
import type { TaskQueue } from '#lib/api/task-queues/schemas.ts';

/** What stands between the reader and the whole truth: version sets off, read-only, Temporal away, an incomplete picture. */
export function QueueNotes({ queue, status }: { queue: TaskQueue; status: Status | null }) {
  const setting = status?.families.versionSets.setting ?? null;
  return (
    <>
      {queue.family === 'on' ? null : (
        <Note meaning="unknown">
          {queue.family === 'off'
            ? 'The Temporal server refuses version sets in this namespace. Whoever runs it turns them on with this dynamic configuration:'
            : 'Temporal did not say whether version sets are on. If they are off, this dynamic configuration turns them on:'}
          {setting === null ? null : (
            <div className="mt-1">
              <Identifier text={setting} />
            </div>
          )}
        </Note>
      )}
      {status?.isReadOnly === true && queue.family === 'on' ? (
        <Note meaning="unknown">Changes are off: {status.readOnlyReason ?? 'Patchboard is read-only.'}</Note>
      ) : null}
      {status?.trouble === null || status === null ? null : (
        <Note meaning="attention">
          {status.trouble.message} {status.trouble.hint}
        </Note>
      )}
      <PictureNote picture={queue.picture} />
    </>
  );
}
