import { Button } from '#components/ui/button.tsx';
import { Identifier, IdentifierText } from '#components/ui/identifier.tsx';
import { Note } from '#components/ui/note.tsx';
import { Time } from '#components/ui/time.tsx';
import type { PollerItem, TaskQueue } from '#lib/api/task-queues/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { formatCount } from '#lib/format/count.ts';

interface UnregisteredWorkersProps {
  readonly queue: TaskQueue;
  readonly onChange: ((draft: VersionSetOperation) => void) | null;
}

/** Workers that poll with a build ID of no set, by build ID: they get nothing until it is registered. */
export function UnregisteredWorkers({ queue, onChange }: UnregisteredWorkersProps) {
  const byBuild = Map.groupBy(queue.unversioned.unregistered, (poller) => poller.buildId ?? '');
  return [...byBuild].map(([buildId, pollers]) => (
    <Note key={buildId} meaning="attention">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-64">
          {formatCount(workersOf(pollers), 'worker polls', 'workers poll')} with <Identifier text={buildId} />, which is
          in no set: {workersOf(pollers) === 1 ? 'it gets' : 'they get'} nothing. Register it first. Last polled{' '}
          <Time iso={lastPollOf(pollers)} />.
        </p>
        {onChange === null ? null : (
          <Button onClick={() => onChange({ kind: 'add-new-default', buildId })}>
            <span className="shrink-0">Register</span> <IdentifierText text={buildId} />
          </Button>
        )}
      </div>
    </Note>
  ));
}

function workersOf(pollers: readonly PollerItem[]): number {
  return new Set(pollers.map((poller) => poller.identity)).size;
}

function lastPollOf(pollers: readonly PollerItem[]): string {
  return pollers.map((poller) => poller.lastPollAt).reduce((last, at) => (at > last ? at : last));
}
