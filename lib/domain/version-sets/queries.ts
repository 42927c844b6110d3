import type { VersionSet, VersionSets } from '#lib/domain/version-sets/types.ts';

export interface BuildIdPlace {
  /** Index into `sets`. */
  readonly set: number;
  /** Index into that set's `buildIds`. */
  readonly position: number;
}

/** Where a build ID is; a queue holds each at most once. */
export function placeOf({ sets }: VersionSets, buildId: string): BuildIdPlace | null {
  for (const [set, { buildIds }] of sets.entries()) {
    const position = buildIds.indexOf(buildId);
    if (position !== -1) return { set, position };
  }
  return null;
}

export function setOf(sets: VersionSets, buildId: string): VersionSet | null {
  const place = placeOf(sets, buildId);
  return place ? (sets.sets[place.set] ?? null) : null;
}

/** The build ID whose workers serve the set's runs; null only for an emptied set. */
export function setDefault(set: VersionSet): string | null {
  return set.buildIds.at(-1) ?? null;
}

/** The build ID that takes new runs; null: new runs go to unversioned workers. */
export function queueDefault({ sets }: VersionSets): string | null {
  const last = sets.at(-1);
  return last ? setDefault(last) : null;
}

export function buildIdsOf({ sets }: VersionSets): string[] {
  return sets.flatMap((set) => set.buildIds);
}

/** The same sets in the same order, build IDs in the same order: order is state. */
export function areSameSets(a: VersionSets, b: VersionSets): boolean {
  return (
    a.sets.length === b.sets.length &&
    a.sets.every((set, index) => areSameIds(set.buildIds, b.sets[index]?.buildIds ?? []))
  );
}

export function areSameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
