import { areSameIds, setDefault } from '#lib/domain/version-sets/queries.ts';
import type { VersionSet, VersionSets } from '#lib/domain/version-sets/types.ts';

/**
 * The merged list of sets. Matching sorts sets by the time each became queue default and build IDs by the time each became
 * set default (`version_sets_merge.go`): the merged set stands where the later of the two stood, and the primary's default,
 * stamped anew, is last. How the other build IDs mix is the server's knowledge alone; here the earlier set's come first.
 */
export function mergeAt({ sets }: VersionSets, primary: number, secondary: number): VersionSets {
  const [earlier, later] = primary < secondary ? [primary, secondary] : [secondary, primary];
  const merged = { buildIds: [...superseded(sets, earlier, primary), ...superseded(sets, later, primary)] };
  const winner = sets[primary];
  const last = winner ? setDefault(winner) : null;
  if (last !== null) merged.buildIds.push(last);
  return {
    sets: sets.flatMap((set, index) => (index === earlier ? [] : [index === later ? merged : set])),
  };
}

/** Whether the server alone knows in which order the superseded build IDs of the merged set will stand. */
export function isMergedOrderOpen({ sets }: VersionSets, primary: number, secondary: number): boolean {
  return superseded(sets, primary, primary).length > 0 && superseded(sets, secondary, primary).length > 0;
}

/** Whether `observed` is a merge's result, whichever way the superseded build IDs mix. */
export function isMerged(before: VersionSets, primary: number, secondary: number, observed: VersionSets): boolean {
  const expected = mergeAt(before, primary, secondary);
  const mergedIndex = Math.max(primary, secondary) - 1;
  return (
    observed.sets.length === expected.sets.length &&
    observed.sets.every((set, index) => {
      const wanted = expected.sets[index];
      if (!wanted) return false;
      if (index !== mergedIndex) return areSameIds(set.buildIds, wanted.buildIds);
      return (
        set.buildIds.length === wanted.buildIds.length &&
        setDefault(set) === setDefault(wanted) &&
        keepsOrder(set, superseded(before.sets, primary, primary)) &&
        keepsOrder(set, superseded(before.sets, secondary, primary))
      );
    })
  );
}

/** The build IDs of a set that are no default after the merge: all, but for the primary's last. */
function superseded(sets: readonly VersionSet[], index: number, primary: number): readonly string[] {
  const buildIds = sets[index]?.buildIds ?? [];
  return index === primary ? buildIds.slice(0, -1) : buildIds;
}

function keepsOrder(set: VersionSet, ids: readonly string[]): boolean {
  const wanted = new Set(ids);
  return areSameIds(
    set.buildIds.filter((id) => wanted.has(id)),
    ids,
  );
}
