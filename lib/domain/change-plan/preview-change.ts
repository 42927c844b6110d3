import { planLimits } from '#lib/domain/change-plan/plan-limits.ts';
import { planNotes } from '#lib/domain/change-plan/plan-notes.ts';
import { type PlannedOutcome, plannedOutcome } from '#lib/domain/change-plan/planned-outcome.ts';
import type { PlanLimit, PlanNote, QueueState, Undo } from '#lib/domain/change-plan/types.ts';
import { undoOf } from '#lib/domain/change-plan/undo.ts';
import { unpolledDefault } from '#lib/domain/change-plan/worker-notes.ts';
import type { Refusal } from '#lib/domain/version-sets/refusals.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';

export interface ChangePreview extends PlannedOutcome {
  readonly notes: readonly PlanNote[];
  readonly limits: readonly PlanLimit[];
  readonly undo: Undo;
  /** A default that the change would leave without a worker: its build ID is to be typed. */
  readonly mustConfirm: string | null;
}

/** Before → after of one operation, and what it means for runs, workers, rules and limits. */
export function previewChange(state: QueueState, operation: VersionSetOperation): ChangePreview | Refusal {
  const outcome = plannedOutcome(state.sets, operation);
  if (outcome.kind === 'refused') return outcome;
  const { after, isAlreadySo } = outcome;
  return {
    ...outcome,
    notes: planNotes(state, operation, after, isAlreadySo),
    limits: planLimits(state, after),
    undo: undoOf(state.sets, operation),
    mustConfirm: isAlreadySo ? null : unpolledDefault(state, operation, after),
  };
}
