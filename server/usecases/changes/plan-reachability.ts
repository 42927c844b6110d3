import type { ChangePlan } from '#lib/api/changes/schemas.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { orNull, type PlannedQueue } from '#server/usecases/changes/read-for-plan.ts';

/** The server counts runs in its visibility store for each build ID; a plan does not wait for a slow one. */
const WITHIN_MS = 4_000;

/** Reachability as the server itself tells it, of at most five build IDs; null: it could not be had in time. */
export async function planReachability(
  ctx: Ctx,
  queue: PlannedQueue,
  buildIds: readonly string[],
): Promise<ChangePlan['reachability']> {
  return buildIds.length === 0 ? [] : orNull(ctx, 'reachability', ask(ctx, queue, buildIds));
}

async function ask(ctx: Ctx, queue: PlannedQueue, buildIds: readonly string[]) {
  const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(WITHIN_MS)]);
  await ctx.census.takeVisibility(queue.namespace, signal);
  const found = await ctx.temporal.getReachability({ ...queue, buildIds }, { signal, maxAttempts: 1 });
  return buildIds.map((buildId) => ({ buildId, reachability: [...(found.get(buildId) ?? ['unspecified'])] }));
}
