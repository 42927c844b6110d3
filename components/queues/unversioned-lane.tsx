import { PollerDot } from '#components/queues/poller-dot.tsx';
import { SaidText } from '#components/queues/said-text.tsx';
import { Count } from '#components/ui/count.tsx';
import type { TaskQueue } from '#lib/api/task-queues/schemas.ts';
import { unversionedSentence } from '#lib/format/queue-words.ts';

/**
 * The side of the queue that knows no build IDs. It has no sheet under it: it is no set. `isChangeable`: the lanes above have a
 * column of buttons.
 */
export function UnversionedLane({ queue, isChangeable }: { queue: TaskQueue; isChangeable: boolean }) {
  const { openRuns, pollers, lastPollAt } = queue.unversioned;
  return (
    <article className="rounded-md border border-line">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 pr-4 pl-10">
        <div className="min-w-0 flex-1 basis-72">
          <h3 className="font-semibold">Unversioned</h3>
          <SaidText said={unversionedSentence(queue)} />
        </div>
        <div className="w-72 max-w-full">
          <PollerDot workers={pollers} lastPollAt={lastPollAt} />
          <p className="pl-4 text-sm text-ink-soft">
            <Count value={openRuns} noun="open run" />
          </p>
        </div>
        {isChangeable ? <div className="w-34 max-lg:hidden" /> : null}
      </div>
    </article>
  );
}
