import type { QueueState } from '#lib/domain/change-plan/types.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

/** Open runs of each set after a change: a run stays with its set, and merged sets hold the runs of both. */
export function openRunsAfter({ sets, openRuns }: QueueState, after: VersionSets): (number | null)[] {
  return after.sets.map(({ buildIds }) => {
    const members = new Set(buildIds);
    return sets.sets
      .map((set, index) => (set.buildIds.some((buildId) => members.has(buildId)) ? (openRuns[index] ?? null) : 0))
      .reduce(plus, 0);
  });
}

/** A sum with an unknown part is unknown. */
export function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
