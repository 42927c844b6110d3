import type { TaskQueueItem, TaskQueueList } from '#lib/api/task-queues/schemas.ts';
import { type TaskQueueTally, tallyTaskQueues } from '#lib/domain/census/tally-task-queues.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { oncePerSnapshot } from '#lib/domain/census/once-per-snapshot.ts';
import { pageOf, type PageRequest } from '#server/usecases/shared/paging.ts';
import { pictureOfNamespace } from '#server/usecases/shared/require-namespace.ts';
import { seenInterval } from '#server/usecases/shared/seen-interval.ts';
import { pictureOf } from '#server/usecases/task-queues/picture.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

const talliesOf = oncePerSnapshot(
  (snapshot): ReadonlyMap<string, TaskQueueTally> =>
    new Map(tallyTaskQueues(snapshot).map((tally) => [tally.name, tally])),
);

/** Queues of open runs and of memory, by name. Throws `CodedError`. */
export async function listTaskQueues(
  ctx: Ctx,
  input: PageRequest & { readonly namespace: string },
): Promise<TaskQueueList> {
  const snapshot = await pictureOfNamespace(ctx, input.namespace);
  const tallies = talliesOf(snapshot);
  const stored = await ctx.store.listTaskQueues(input.namespace);
  const remembered = new Map(stored.map((queue) => [queue.name, queue]));
  const names = new Set([...tallies.keys(), ...remembered.keys()]);
  const page = pageOf(names, (name) => name, input);
  const picture = pictureOf(snapshot);
  return {
    items: page.items.map((name) => {
      const tally = tallies.get(name);
      const seen = seenInterval(remembered.get(name), tally !== undefined, snapshot, ctx.now());
      return { name, ...countsOf(tally, snapshot.toMs !== null), ...seen };
    }),
    nextCursor: page.nextCursor,
    asOf: picture.to,
    picture,
  };
}

/** A queue without open runs has none only when a listing was finished; before, it is not known. */
function countsOf(
  tally: TaskQueueTally | undefined,
  isListed: boolean,
): Pick<TaskQueueItem, 'openRuns' | 'builds' | 'oldestOpenStart'> {
  if (tally === undefined) return { openRuns: isListed ? 0 : null, builds: [], oldestOpenStart: null };
  return {
    openRuns: tally.openRuns,
    builds: tally.builds.map(({ oldestOpenStartMs, ...build }) => ({
      ...build,
      oldestOpenStart: timestampOf(oldestOpenStartMs),
    })),
    oldestOpenStart: timestampOf(tally.oldestOpenStartMs),
  };
}
