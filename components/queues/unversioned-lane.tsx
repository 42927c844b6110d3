import { PollerDot } from '#components/queues/poller-dot.tsx';
import { SaidText } from '#components/queues/said-text.tsx';
import { Count } from '#components/ui/count.tsx';
import type { TaskQueue } from '#lib/api/task-queues/schemas.ts';
import { unversionedSentence } from '#lib/format/queue-words.ts';

/** The side of the queue that knows no build IDs. Its border is broken: it is no set. */
export function UnversionedLane({ queue }: { queue: TaskQueue }) {
  const { openRuns, pollers, lastPollAt } = queue.unversioned;
  return (
    <article className="@container rounded-md border border-line-strong/50 bg-transparent">
      <div className="grid gap-x-4 gap-y-1 px-4 py-3 @3xl:grid-cols-[minmax(0,1fr)_11rem_20.5rem] @3xl:items-center">
        <div className="min-w-0">
          <h3 className="font-semibold">Unversioned</h3>
          <SaidText said={unversionedSentence(queue)} />
        </div>
        <PollerDot workers={pollers} lastPollAt={lastPollAt} />
        <p className="text-sm">
          <Count value={openRuns} noun="open run" />
        </p>
      </div>
    </article>
  );
}
