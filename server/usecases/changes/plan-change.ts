import { randomUUID } from 'node:crypto';
import type { ChangePlan, ChangePlanRequest, ChangeWish } from '#lib/api/changes/schemas.ts';
import { alteredParts, isRoutingAltered } from '#lib/domain/change-plan/altered-parts.ts';
import { plannedOutcome } from '#lib/domain/change-plan/planned-outcome.ts';
import { previewChange } from '#lib/domain/change-plan/preview-change.ts';
import type { Refusal } from '#lib/domain/version-sets/refusals.ts';
import type { VersionSetOperation, VersionSetOperationKind, VersionSets } from '#lib/domain/version-sets/types.ts';
import { refusalWords } from '#lib/format/plan-words.ts';
import { CodedError } from '#server/errors.ts';
import { noticeReading } from '#server/usecases/changes/notice-reading.ts';
import { planAnswers } from '#server/usecases/changes/plan-answers.ts';
import { planReachability } from '#server/usecases/changes/plan-reachability.ts';
import { previewItem } from '#server/usecases/changes/preview-item.ts';
import { type PlannedQueue, readForPlan } from '#server/usecases/changes/read-for-plan.ts';
import { changeToTakeBack, nextTakeBack } from '#server/usecases/changes/take-back.ts';
import { CHANGE_TIMING, type ChangeTiming } from '#server/usecases/changes/timing.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';
import { countOpenRuns } from '#server/usecases/task-queues/count-open-runs.ts';

/**
 * Says what an operation, or the next step of taking a change back, would do, and keeps it for five minutes. Writes nothing to Temporal.
 * Throws `refused` where Temporal would refuse the operation on the sets as they are, or the change cannot be taken back (any more);
 * `not-found` and `invalid-request` for a change that is not of this queue.
 */
export async function planChange(
  ctx: Ctx,
  { namespace, taskQueue, operation: wish, reason }: ChangePlanRequest & { namespace: string },
  timing: ChangeTiming = CHANGE_TIMING,
): Promise<ChangePlan> {
  const queue = { namespace, taskQueue };
  const wished = await wishedOf(ctx, queue, wish);
  const readFromMs = ctx.now();
  const readings = await readForPlan(ctx, queue, wished.kinds);
  const { sets } = readings;
  await noticeReading(ctx, { ...queue, sets, readFromMs });
  const operation = wished.on(sets);
  const { after } = unlessRefused(plannedOutcome(sets, operation));
  const [openRuns, reachability, answers] = await Promise.all([
    countOpenRuns(ctx, namespace, taskQueue, sets),
    planReachability(ctx, queue, alteredParts(sets, operation, after)),
    isRoutingAltered(sets, after) ? planAnswers(ctx, queue) : [],
  ]);
  const state = { ...readings, openRuns: openRuns.perSet, unversionedOpenRuns: openRuns.unversioned };
  const plan: ChangePlan = {
    ...previewItem(operation, sets, unlessRefused(previewChange(state, operation))),
    id: randomUUID(),
    taskQueue,
    reason,
    undoOf: wished.undoOf,
    reachability,
    answers,
    expiresAt: timestampOf(ctx.now() + timing.planValidMs),
  };
  await ctx.changes.savePlan(namespace, plan);
  return plan;
}

interface Wished {
  readonly undoOf: string | null;
  /** Kinds of operations for which more than sets and workers is to be read. */
  readonly kinds: readonly VersionSetOperationKind[];
  /** The operation on these sets. */
  readonly on: (sets: VersionSets) => VersionSetOperation;
}

async function wishedOf(ctx: Ctx, queue: PlannedQueue, wish: ChangeWish): Promise<Wished> {
  if (!('undoOf' in wish)) return { undoOf: null, kinds: [wish.kind], on: () => wish };
  const change = await changeToTakeBack(ctx, queue, wish.undoOf);
  // Taking back neither merges nor adds.
  return { undoOf: change.id, kinds: [], on: (sets) => nextTakeBack(change, sets) };
}

function unlessRefused<T extends { readonly kind: 'planned' }>(outcome: T | Refusal): T {
  if (outcome.kind === 'planned') return outcome;
  throw new CodedError(
    'refused',
    refusalWords(outcome),
    'Look at the sets of the queue as they are now, and choose another operation or build ID.',
  );
}
