import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import { isMerged } from '#lib/domain/version-sets/merge.ts';
import { areSameSets, placeOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** Whether `observed` is what `operation` makes of `before`. Equality, save for the order that a merge leaves open. */
export function isResultOf(before: VersionSets, operation: VersionSetOperation, observed: VersionSets): boolean {
  const outcome = applyOperation(before, operation, NO_LIMITS);
  switch (outcome.kind) {
    case 'refused':
      return false;
    case 'no-op':
      return areSameSets(before, observed);
    case 'changed': {
      if (operation.kind !== 'merge-sets') return areSameSets(outcome.sets, observed);
      const primary = placeOf(before, operation.primaryBuildId);
      const secondary = placeOf(before, operation.secondaryBuildId);
      return primary !== null && secondary !== null && isMerged(before, primary.set, secondary.set, observed);
    }
  }
}
