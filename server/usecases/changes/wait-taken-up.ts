import type { Change } from '#lib/api/changes/schemas.ts';
import { getChange } from '#server/usecases/changes/get-change.ts';
import { takeUpWork } from '#server/usecases/changes/watch-take-up.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** The change once its watch for workers has ended, or at once where there is none. An abort ends only the waiting. */
export async function waitTakenUp(ctx: Ctx, change: Change): Promise<Change> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  if (ctx.signal.aborted) resolve();
  ctx.signal.addEventListener('abort', () => resolve(), { once: true });
  await Promise.race([ctx.changes.workbench.settled(takeUpWork(change.id)), aborted]);
  return getChange(ctx, { namespace: change.namespace, id: change.id });
}
