import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { DEFAULT_LIMITS, NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import { frontendRefusal, type Refusal } from '#lib/domain/version-sets/refusals.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

export interface PlannedOutcome {
  readonly kind: 'planned';
  readonly after: VersionSets;
  /** Temporal already has the wished state: applying writes nothing. */
  readonly isAlreadySo: boolean;
}

/**
 * What an operation makes of the sets, or why Temporal would refuse it. The queue's limits are not enforced: no API tells what they
 * are set to, and Temporal refuses what goes over them.
 */
export function plannedOutcome(sets: VersionSets, operation: VersionSetOperation): PlannedOutcome | Refusal {
  const refused = frontendRefusal(operation, DEFAULT_LIMITS);
  if (refused) return refused;
  const outcome = applyOperation(sets, operation, NO_LIMITS);
  if (outcome.kind === 'refused') return outcome;
  const isAlreadySo = outcome.kind === 'no-op';
  return { kind: 'planned', after: outcome.kind === 'no-op' ? sets : outcome.sets, isAlreadySo };
}
