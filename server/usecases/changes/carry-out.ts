import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import type { ChangeOutcome } from '#lib/domain/change-plan/types.ts';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import { OUTCOME_WORDS } from '#lib/format/plan-words.ts';
import { isCodedError } from '#server/errors.ts';
import { endChange, endUnsent } from '#server/usecases/changes/end-change.ts';
import { noticeReading } from '#server/usecases/changes/notice-reading.ts';
import { readBack, tryReading } from '#server/usecases/changes/read-back.ts';
import type { ChangeTiming } from '#server/usecases/changes/timing.ts';
import { watchLateEffect } from '#server/usecases/changes/watch-late-effect.ts';
import { writeOnce } from '#server/usecases/changes/write-once.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { digestOf } from '#server/usecases/task-queues/digest.ts';

/**
 * Check, write once, read back: the change as it ended, or as it is where another process settles it or this one stops first. Of two changes of
 * one queue, in this process or another with the same store, the later waits. Throws only when Temporal could not be read before the
 * write; the change is then `not-applied`.
 */
export async function carryOut(ctx: Ctx, change: ChangeDetail, timing: ChangeTiming): Promise<ChangeDetail> {
  switch (await ctx.changes.takeQueue(change, ctx.signal)) {
    case 'lost':
      return change;
    case 'aborted':
      return endUnsent(ctx, change, 'Patchboard stopped before the write.');
    case 'taken':
      return checkAndWrite(ctx, change, timing);
  }
}

async function checkAndWrite(ctx: Ctx, change: ChangeDetail, timing: ChangeTiming): Promise<ChangeDetail> {
  const readFromMs = ctx.now();
  const before = await readBefore(ctx, change);
  const unwritten = async (outcome: ChangeOutcome) => {
    const end = { outcome, message: OUTCOME_WORDS[outcome], observed: before, isWritten: false };
    const ended = await endChange(ctx, change, end);
    await noticeReading(ctx, { ...change, sets: before, readFromMs });
    return ended;
  };
  if (digestOf(before) !== change.plan.digest) return unwritten('conflict');
  if (applyOperation(before, change.operation, NO_LIMITS).kind === 'no-op') return unwritten('already-so');
  if (ctx.signal.aborted) return endUnsent(ctx, change, 'Patchboard stopped before the write.');
  if (!(await ctx.changes.mayStillWrite(change))) return change;
  const sentMs = ctx.now();
  const { namespace, taskQueue, operation } = change;
  const result = await writeOnce(ctx, { namespace, taskQueue, operation }, timing.writeDeadlineMs);
  if (result.kind === 'refused') return refused(ctx, change, result.message);
  if (result.kind === 'unsent') return endUnsent(ctx, change, result.message);
  const landedByMs = sentMs + timing.writeDeadlineMs + timing.landingGraceMs;
  const settled = await readBack(ctx, { change, before, write: result.kind, landedByMs }, timing);
  // Stopped meanwhile: the next process settles it by reading.
  if (settled === null) return change;
  const { outcome, observed } = settled;
  const isUnclear = result.kind === 'unclear';
  const lost = isUnclear ? ` The reply to the write was lost: ${result.message}` : '';
  const isOpen = isUnclear && outcome === 'unconfirmed';
  const message = `${OUTCOME_WORDS[outcome]}${lost}`;
  const ended = await endChange(ctx, change, { outcome, message, observed, isWritten: true, isOpen });
  if (isOpen) watchLateEffect(ctx, ended, timing);
  return ended;
}

/** What Temporal refuses may be refused for what somebody changed since the check: the sets are read once more. */
async function refused(ctx: Ctx, change: ChangeDetail, message: string): Promise<ChangeDetail> {
  const readFromMs = ctx.now();
  const observed = await tryReading(ctx, change);
  const ended = await endChange(ctx, change, { outcome: 'refused', message, observed, isWritten: false });
  if (observed) await noticeReading(ctx, { ...change, sets: observed, readFromMs });
  return ended;
}

async function readBefore(ctx: Ctx, change: ChangeDetail): Promise<VersionSets> {
  const { namespace, taskQueue } = change;
  try {
    return await ctx.temporal.getVersionSets({ namespace, taskQueue }, { signal: ctx.signal });
  } catch (error) {
    await endUnsent(ctx, change, isCodedError(error) ? error.message : 'Patchboard failed before the write.');
    throw error;
  }
}
