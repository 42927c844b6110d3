import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import { placeOf, queueDefault, setDefault, setOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';
import type { Undo } from '#lib/domain/change-plan/types.ts';

/**
 * One fact of routing that an operation alters: which set takes new runs, or which build serves a set. It is named by build IDs, since
 * positions move with every change: a set is wherever its build ID is.
 */
export interface AlteredFact {
  readonly what: 'queue-default' | 'set-default';
  /** The default before, and the one that the operation makes. */
  readonly was: string;
  readonly became: string;
}

/** What an operation alters, in the order in which it is taken back; or why none of it can be. */
export function alteredRouting(
  before: VersionSets,
  operation: VersionSetOperation,
): readonly AlteredFact[] | Extract<Undo, { kind: 'none' }> {
  if (applyOperation(before, operation, NO_LIMITS).kind !== 'changed') return { kind: 'none', why: 'no-change' };
  switch (operation.kind) {
    case 'add-new-default':
    case 'promote-set':
      return queueDefaultFact(before, operation.buildId);
    case 'promote-within-set':
      return setDefaultFact(before, operation.buildId, operation.buildId);
    case 'add-new-compatible': {
      const { newBuildId, existingBuildId, asQueueDefault } = operation;
      const within = setDefaultFact(before, existingBuildId, newBuildId);
      if (!asQueueDefault || placeOf(before, existingBuildId)?.set === before.sets.length - 1) return within;
      const moved = queueDefaultFact(before, newBuildId);
      return 'kind' in moved ? moved : [...moved, ...within];
    }
    case 'merge-sets':
      return { kind: 'none', why: 'merged' };
  }
}

/** The operation that gives a fact its former value. */
export function restoring({ what, was }: AlteredFact): VersionSetOperation {
  return { kind: what === 'queue-default' ? 'promote-set' : 'promote-within-set', buildId: was };
}

/** A queue without sets, or whose default set is empty, had no build ID that could be promoted again. */
function queueDefaultFact(before: VersionSets, became: string): AlteredFact[] | Extract<Undo, { kind: 'none' }> {
  const was = queueDefault(before);
  return was === null ? { kind: 'none', why: 'was-unversioned' } : [{ what: 'queue-default', was, became }];
}

function setDefaultFact(before: VersionSets, member: string, became: string): AlteredFact[] {
  const set = setOf(before, member);
  const was = set ? setDefault(set) : null;
  return was === null ? [] : [{ what: 'set-default', was, became }];
}
