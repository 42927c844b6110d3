import { isResultOf } from '#lib/domain/version-sets/is-result-of.ts';
import { areSameSets } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/**
 * What a later reading of a queue says beside the newest state seen, when no change of Patchboard is under way there. `unconfirmed`: the queue's
 * newest change, if whether it landed was never settled; its late effect is its own and nothing from outside.
 */
export function explainReading(
  seen: VersionSets,
  read: VersionSets,
  unconfirmed: { readonly before: VersionSets; readonly operation: VersionSetOperation } | null,
): 'same' | 'unconfirmed-change' | 'outside' {
  if (areSameSets(seen, read)) return 'same';
  if (unconfirmed && isResultOf(unconfirmed.before, unconfirmed.operation, read)) return 'unconfirmed-change';
  return 'outside';
}
