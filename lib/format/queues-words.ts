import { formatCount } from '#lib/format/count.ts';

/** The queue list's opening sentence. Open runs null: not counted before the first reading. */
export function queuesSentence(queues: readonly { readonly openRuns: number | null }[]): string {
  if (queues.length === 0) return 'No task queue is known in this namespace.';
  if (queues.some((queue) => queue.openRuns === null)) {
    return `${formatCount(queues.length, 'task queue is', 'task queues are')} known; their open runs are not counted yet.`;
  }
  const busy = queues.filter((queue) => (queue.openRuns ?? 0) > 0);
  const runs = busy.reduce((sum, queue) => sum + (queue.openRuns ?? 0), 0);
  const idle = queues.length - busy.length;
  if (busy.length === 0) return `No open run on ${formatCount(queues.length, 'known task queue')}.`;
  const rest = idle === 0 ? '' : ` ${formatCount(idle, 'queue has', 'queues have')} none.`;
  return `${formatCount(runs, 'open run')} on ${formatCount(busy.length, 'task queue')}.${rest}`;
}
