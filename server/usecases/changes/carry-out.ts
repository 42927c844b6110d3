import type { Change, ChangePlan } from '#lib/api/changes/schemas.ts';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import { isCodedError } from '#server/errors.ts';
import { OUTCOME_WORDS } from '#lib/format/plan-words.ts';
import { endChange } from '#server/usecases/changes/change-record.ts';
import { readBack } from '#server/usecases/changes/read-back.ts';
import type { ChangeTiming } from '#server/usecases/changes/timing.ts';
import { writeOnce } from '#server/usecases/changes/write-once.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { digestOf } from '#server/usecases/task-queues/digest.ts';

/**
 * Check, write once, read back: the change as it ended. Of two changes of one queue in this process, the later waits.
 * Throws only when Temporal could not be read before the write; the change is then `not-applied`.
 */
export function carryOut(ctx: Ctx, change: Change, plan: ChangePlan, timing: ChangeTiming): Promise<Change> {
  const key = JSON.stringify([change.namespace, change.taskQueue]);
  return ctx.changes.workbench.exclusively(key, async () => {
    const before = await readBefore(ctx, change);
    if (digestOf(before) !== plan.digest) {
      return endChange(ctx, change, { outcome: 'conflict', message: OUTCOME_WORDS.conflict, observed: before });
    }
    if (applyOperation(before, change.operation, NO_LIMITS).kind === 'no-op') {
      return endChange(ctx, change, { outcome: 'already-so', message: OUTCOME_WORDS['already-so'], observed: before });
    }
    return write(ctx, change, before, timing);
  });
}

async function readBefore(ctx: Ctx, change: Change): Promise<VersionSets> {
  const { namespace, taskQueue } = change;
  try {
    return await ctx.temporal.getVersionSets({ namespace, taskQueue }, { signal: ctx.signal });
  } catch (error) {
    const why = isCodedError(error) ? error.message : 'Patchboard failed before the write.';
    await endChange(ctx, change, { outcome: 'not-applied', message: `Nothing was sent: ${why}`, observed: null });
    throw error;
  }
}

async function write(ctx: Ctx, change: Change, before: VersionSets, timing: ChangeTiming): Promise<Change> {
  const { namespace, taskQueue, operation } = change;
  const sentMs = ctx.now();
  const result = await writeOnce(ctx, { namespace, taskQueue, operation }, timing.writeDeadlineMs);
  if (result.kind === 'refused') {
    return endChange(ctx, change, { outcome: 'refused', message: result.message, observed: before });
  }
  const written = { namespace, taskQueue, operation, before, write: result.kind, sentMs };
  const { outcome, observed } = await readBack(ctx, written, timing);
  const lost = result.kind === 'unclear' ? ` The reply to the write was lost: ${result.message}` : '';
  return endChange(ctx, change, { outcome, message: `${OUTCOME_WORDS[outcome]}${lost}`, observed });
}
