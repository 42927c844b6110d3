import type { QueueState } from '#lib/domain/change-plan/types.ts';
import type { VersionSetOperationKind } from '#lib/domain/version-sets/types.ts';
import { isCodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';

export interface PlannedQueue {
  readonly namespace: string;
  readonly taskQueue: string;
}

/** What a plan rests on besides the open runs, read at once. What no operation asks for is not read, and null. */
export async function readForPlan(
  ctx: Ctx,
  queue: PlannedQueue,
  kinds: readonly VersionSetOperationKind[],
): Promise<Pick<QueueState, 'sets' | 'pollers' | 'rules' | 'otherQueues'>> {
  const options = { signal: ctx.signal };
  const isMerging = kinds.includes('merge-sets');
  const isAdding = kinds.some((kind) => kind === 'add-new-default' || kind === 'add-new-compatible');
  const [sets, pollers, rules, otherQueues] = await Promise.all([
    ctx.temporal.getVersionSets(queue, options),
    ctx.temporal.listPollers(queue, options),
    isMerging ? orNull(ctx, 'rules', countRules(ctx, queue)) : null,
    isAdding ? orNull(ctx, 'other queues', countOtherQueues(ctx, queue)) : null,
  ]);
  return { sets, pollers, rules, otherQueues };
}

async function countRules(ctx: Ctx, queue: PlannedQueue): Promise<number> {
  const { assignment, redirect } = await ctx.temporal.getVersioningRules(queue, { signal: ctx.signal });
  return assignment + redirect;
}

/** Temporal does not list the queues of a build ID: these are the ones whose sets were seen here. */
async function countOtherQueues(
  ctx: Ctx,
  { namespace, taskQueue }: PlannedQueue,
): Promise<ReadonlyMap<string, number>> {
  const seen = await ctx.changes.listSeen(namespace);
  const counts = new Map<string, number>();
  for (const queue of seen) {
    if (queue.taskQueue === taskQueue) continue;
    for (const buildId of queue.sets.sets.flatMap((set) => set.buildIds)) {
      counts.set(buildId, (counts.get(buildId) ?? 0) + 1);
    }
  }
  return counts;
}

/** A plan is worth having without what cannot be had: it is then unknown. Only the caller's own abort ends everything. */
export async function orNull<T>(ctx: Ctx, what: string, asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (ctx.signal.aborted || !isCodedError(error)) throw error;
    ctx.log.debug({ code: error.code, what }, 'not known to the plan');
    return null;
  }
}
