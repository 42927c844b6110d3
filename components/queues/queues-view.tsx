import { queueColumns } from '#components/queues/queue-columns.tsx';
import { OpenByName } from '#components/shell/open-by-name.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { PictureNote } from '#components/ui/picture-note.tsx';
import { Section } from '#components/ui/section.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import type { TaskQueueList } from '#lib/api/task-queues/schemas.ts';
import { formatCount } from '#lib/format/count.ts';
import { queuesSentence } from '#lib/format/queues-words.ts';

/** The sentence, the table, and a way to a queue that is in neither. */
export function QueuesView({ namespace, list }: { namespace: string; list: TaskQueueList }) {
  return (
    <PageFrame title="Task queues" opening={<Sentence readAt={list.picture.to}>{queuesSentence(list.items)}</Sentence>}>
      <PictureNote picture={list.picture} />
      <DataTable
        caption="Task queues"
        columns={queueColumns}
        rows={list.items}
        rowKey={(queue) => queue.name}
        initialSort={{ id: 'openRuns', isDescending: true }}
        noun="queue"
        empty={
          <EmptyState title="No task queue has been seen here yet.">
            A queue appears with the first open run on it, or when it is opened by name. Temporal itself lists none.
          </EmptyState>
        }
      />
      {list.nextCursor === null ? null : (
        <p className="text-ink-soft">
          {formatCount(list.items.length, 'queue')} are shown, the first by name; there are more. Open the others by
          name.
        </p>
      )}
      <Section title="Open a queue by name" about="For a queue without open runs that Patchboard has not seen before.">
        <OpenByName namespace={namespace} />
      </Section>
    </PageFrame>
  );
}
