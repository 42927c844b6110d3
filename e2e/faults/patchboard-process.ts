/** One Patchboard process that is there to be killed: `node patchboard-process.ts ORDER`, with its parent at an IPC channel. */
import { openPatchboard, portAt } from '#e2e/faults/patchboard.ts';
import { strikeAt } from '#e2e/faults/phases.ts';
import { processOrder, type ProcessRequest } from '#e2e/faults/process-talk.ts';

// Without its parent nobody would end it.
process.on('disconnect', () => process.exit(1));

const order = processOrder.parse(JSON.parse(process.argv[2] ?? ''));
const waiting = new Map<number, () => void>();
process.on('message', (number: number) => {
  waiting.get(number)?.();
  waiting.delete(number);
});

let asked = 0;
function ask(taskQueue: string, what: ProcessRequest['what']): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const number = (asked += 1);
  waiting.set(number, resolve);
  process.send?.({ number, taskQueue, what } satisfies ProcessRequest);
  return promise;
}

const patchboard = await openPatchboard(order);
await Promise.all(
  order.jobs.map(({ taskQueue, phase, lane, wish }) => {
    const calls = strikeAt(phase, portAt(lane, order.namespace), {
      hold: (direction) => ask(taskQueue, `hold ${direction}`),
      release: () => ask(taskQueue, 'release'),
      whenAnswered: (kind) => ask(taskQueue, `answered ${kind}`),
      strike: () => ask(taskQueue, 'strike'),
    });
    patchboard.routeThrough(taskQueue, calls);
    return patchboard.apply(wish);
  }),
);
