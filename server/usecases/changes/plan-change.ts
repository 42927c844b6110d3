import { randomUUID } from 'node:crypto';
import type { ChangePlan, ChangePlanRequest } from '#lib/api/changes/schemas.ts';
import { previewChange } from '#lib/domain/change-plan/preview-change.ts';
import { CodedError } from '#server/errors.ts';
import { CHANGE_TIMING, type ChangeTiming } from '#server/usecases/changes/timing.ts';
import { setsItem } from '#server/usecases/changes/sets-item.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { countOpenRuns } from '#server/usecases/task-queues/count-open-runs.ts';
import { digestOf } from '#server/usecases/task-queues/digest.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

/**
 * Says what a change would do, and keeps it for five minutes. Writes nothing to Temporal, so that it may also be asked where
 * writes are not allowed. Throws `refused` where Temporal would refuse the operation on the sets as they are.
 */
export async function planChange(
  ctx: Ctx,
  { namespace, taskQueue, operation, reason }: ChangePlanRequest & { namespace: string },
  timing: ChangeTiming = CHANGE_TIMING,
): Promise<ChangePlan> {
  const options = { signal: ctx.signal };
  const [sets, pollers] = await Promise.all([
    ctx.temporal.getVersionSets({ namespace, taskQueue }, options),
    ctx.temporal.listPollers({ namespace, taskQueue }, options),
  ]);
  const openRuns = await countOpenRuns(ctx, namespace, taskQueue, sets);
  const state = { sets, pollers, openRuns: openRuns.perSet, unversionedOpenRuns: openRuns.unversioned };
  const preview = previewChange(state, operation);
  if (preview.kind === 'refused') {
    throw new CodedError(
      'refused',
      `Temporal would refuse this: ${preview.reason}.`,
      'Look at the sets of the queue as they are now, and choose another operation or build ID.',
    );
  }
  const plan: ChangePlan = {
    id: randomUUID(),
    taskQueue,
    operation,
    reason,
    digest: digestOf(sets),
    before: setsItem(sets),
    after: setsItem(preview.after),
    notes: [...preview.notes],
    isAlreadySo: preview.isAlreadySo,
    expiresAt: timestampOf(ctx.now() + timing.planValidMs),
  };
  await ctx.changes.savePlan(namespace, plan);
  return plan;
}
