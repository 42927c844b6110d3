import { planNotes } from '#lib/domain/change-plan/plan-notes.ts';
import type { PlanNote, QueueState } from '#lib/domain/change-plan/types.ts';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { DEFAULT_LIMITS, NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import { frontendRefusal, type Refusal } from '#lib/domain/version-sets/refusals.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

export interface ChangePreview {
  readonly kind: 'planned';
  readonly after: VersionSets;
  /** Temporal already has the wished state: applying writes nothing. */
  readonly isAlreadySo: boolean;
  readonly notes: readonly PlanNote[];
}

/**
 * Before → after of one operation, and what it means for runs and workers. The queue's limits are noted, not enforced: no API
 * tells what they are set to, and Temporal refuses what goes over them.
 */
export function previewChange(state: QueueState, operation: VersionSetOperation): ChangePreview | Refusal {
  const refused = frontendRefusal(operation, DEFAULT_LIMITS);
  if (refused) return refused;
  const outcome = applyOperation(state.sets, operation, NO_LIMITS);
  if (outcome.kind === 'refused') return outcome;
  const isAlreadySo = outcome.kind === 'no-op';
  const after = outcome.kind === 'no-op' ? state.sets : outcome.sets;
  return { kind: 'planned', after, isAlreadySo, notes: planNotes(state, operation, after, isAlreadySo) };
}
