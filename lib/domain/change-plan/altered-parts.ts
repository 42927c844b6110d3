import { affectedDefault } from '#lib/domain/change-plan/affected-default.ts';
import { queueDefault, setDefault, setOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** Build IDs that a change takes a part from: the former queue default, and former defaults of sets. */
function formerDefaults(before: VersionSets, after: VersionSets): string[] {
  const ofQueue = queueDefault(before);
  const ofSets = before.sets.map(setDefault).filter((was) => was !== null && servedBy(after, was) !== was);
  const isQueueMoved = ofQueue !== queueDefault(after);
  return [...new Set([...(isQueueMoved ? [ofQueue] : []), ...ofSets])].filter((buildId) => buildId !== null);
}

/** Build IDs whose part a change alters: the default that it is about first, then those that it takes a part from. */
export function alteredParts(before: VersionSets, operation: VersionSetOperation, after: VersionSets): string[] {
  if (!isRoutingAltered(before, after)) return [];
  const next = affectedDefault(after, operation);
  return [...new Set([...(next === null ? [] : [next]), ...formerDefaults(before, after)])];
}

/** Whether a change alters which build takes new runs or serves a set's runs. */
export function isRoutingAltered(before: VersionSets, after: VersionSets): boolean {
  return queueDefault(before) !== queueDefault(after) || formerDefaults(before, after).length > 0;
}

function servedBy(sets: VersionSets, buildId: string): string | null {
  const set = setOf(sets, buildId);
  return set ? setDefault(set) : null;
}
