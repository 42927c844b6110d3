import { Count } from '#components/ui/count.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import { RowList } from '#components/ui/row-list.tsx';
import { Time } from '#components/ui/time.tsx';
import type { TaskQueueItem } from '#lib/api/task-queues/schemas.ts';
import { formatCount } from '#lib/format/count.ts';
import { pages } from '#lib/routes.ts';

/** As many as fit on one screen with the patches; the rest is one click away. */
const MOST = 6;

/** The queues with the most open runs, and how many builds those were touched by. */
export function BusiestQueues({ namespace, queues }: { namespace: string; queues: readonly TaskQueueItem[] }) {
  if (queues.length === 0) {
    return (
      <EmptyState title="No task queues yet">
        A task queue appears when a run is open on it, or once it was opened by name. Temporal keeps no list of them.
      </EmptyState>
    );
  }
  const first = [...queues].sort((a, b) => (b.openRuns ?? 0) - (a.openRuns ?? 0)).slice(0, MOST);
  return (
    <div className="flex flex-col gap-2">
      <RowList label="Task queues">
        {first.map((queue) => (
          <li key={queue.name} className="row flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1">
            <span className="flex min-w-0 flex-1 basis-56">
              <Identifier text={queue.name} href={pages.queue(namespace, queue.name)} />
            </span>
            <span className="text-sm text-ink-soft">
              {queue.builds.length === 0 ? 'no build yet' : formatCount(queue.builds.length, 'build')}
              {queue.oldestOpenStart === null ? null : (
                <>
                  , oldest <Time iso={queue.oldestOpenStart} />
                </>
              )}
            </span>
            <span className="min-w-28 text-right">
              <Count value={queue.openRuns} noun="open run" />
            </span>
          </li>
        ))}
      </RowList>
      <PageLink href={pages.queues(namespace)} className="self-start">
        All task queues
      </PageLink>
    </div>
  );
}
