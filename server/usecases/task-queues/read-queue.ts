import type { QueueState } from '#lib/domain/change-plan/types.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import { hasCode } from '#server/errors.ts';
import { countOpenRuns, type OpenRuns } from '#server/usecases/task-queues/count-open-runs.ts';
import type { Ctx } from '#server/usecases/context.ts';

export interface QueueReading {
  /** Off: the namespace may not use version sets, and `sets` is empty. */
  readonly family: 'on' | 'off';
  readonly sets: VersionSets;
  readonly openRuns: OpenRuns;
  readonly pollers: QueueState['pollers'];
}

/** What Temporal and the picture say of one queue now. A queue that Temporal never heard of reads as an empty one. */
export async function readQueue(ctx: Ctx, namespace: string, taskQueue: string): Promise<QueueReading> {
  const options = { signal: ctx.signal };
  const [{ family, sets }, pollers] = await Promise.all([
    readSets(ctx, namespace, taskQueue),
    ctx.temporal.listPollers({ namespace, taskQueue }, options),
  ]);
  const openRuns = await countOpenRuns(ctx, namespace, taskQueue, sets);
  return { family, sets, openRuns, pollers };
}

/** Where the API family is off, everything else of the queue can still be shown. */
async function readSets(
  ctx: Ctx,
  namespace: string,
  taskQueue: string,
): Promise<Pick<QueueReading, 'family' | 'sets'>> {
  try {
    const sets = await ctx.temporal.getVersionSets({ namespace, taskQueue }, { signal: ctx.signal });
    return { family: 'on', sets };
  } catch (error) {
    if (hasCode(error, 'family-off')) return { family: 'off', sets: { sets: [] } };
    throw error;
  }
}
