import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import { queueDefault, setDefault } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSetOperationKind, VersionSets } from '#lib/domain/version-sets/types.ts';

/** One operation that is being put together. */
export interface Draft {
  /** Stays with the draft while others come and go. */
  readonly key: number;
  readonly operation: VersionSetOperation;
}

/** An operation of a kind with what is likely meant filled in; what only the reader knows stays empty. */
export function draftOf(kind: VersionSetOperationKind, sets: VersionSets): VersionSetOperation {
  const newRuns = queueDefault(sets) ?? '';
  const older = sets.sets.slice(0, -1).toReversed().map(setDefault)[0] ?? '';
  switch (kind) {
    case 'add-new-default':
      return { kind, buildId: '' };
    case 'add-new-compatible':
      return { kind, newBuildId: '', existingBuildId: newRuns, asQueueDefault: false };
    case 'promote-set':
      return { kind, buildId: older };
    case 'promote-within-set':
      return {
        kind,
        buildId: sets.sets.toReversed().flatMap((set) => set.buildIds.slice(0, -1).toReversed())[0] ?? '',
      };
    case 'merge-sets':
      return { kind, primaryBuildId: newRuns, secondaryBuildId: older };
  }
}

/** The sets that the operation after these meets. What would be refused, or is not whole yet, changes nothing. */
export function setsAfter(sets: VersionSets, operations: readonly VersionSetOperation[]): VersionSets {
  return operations.reduce((before, operation) => {
    const outcome = applyOperation(before, operation, NO_LIMITS);
    return outcome.kind === 'changed' ? outcome.sets : before;
  }, sets);
}
