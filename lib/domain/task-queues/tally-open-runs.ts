import type { RunSummary } from '#lib/domain/census/types.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

export interface BuildTally {
  readonly openRuns: number;
  /** Epoch ms. */
  readonly oldestStartMs: number;
}

/** Open runs of one queue. `perSet` in the order of the sets; a build without a run is absent from `perBuild`. */
export interface OpenRunTally {
  readonly perSet: readonly number[];
  /** Runs that a build touched: BuildIds only grows, so a run counts under every build it went through. */
  readonly perBuild: ReadonlyMap<string, BuildTally>;
  readonly unversioned: number;
}

/** BuildIds value of a workflow task that a worker of this version set completed (Temporal: common/worker_versioning). */
export function versionedLabel(buildId: string): string {
  return `versioned:${buildId}`;
}

/** BuildIds value of a run whose tasks unversioned workers completed. */
export const UNVERSIONED_LABEL = 'unversioned';

/** Counts the open runs of a complete listing. A run is of a set when any build of the set touched it. */
export function tallyOpenRuns(runs: Iterable<RunSummary>, taskQueue: string, { sets }: VersionSets): OpenRunTally {
  const homes = new Map(
    sets.flatMap((set, index) => set.buildIds.map((id) => [versionedLabel(id), { id, index }] as const)),
  );
  const perSet = sets.map(() => 0);
  const perBuild = new Map<string, BuildTally>();
  let unversioned = 0;
  for (const run of runs) {
    if (run.taskQueue !== taskQueue || run.closeTimeMs !== null) continue;
    if (run.buildIds.includes(UNVERSIONED_LABEL)) unversioned += 1;
    const touched = new Set<number>();
    for (const label of new Set(run.buildIds)) {
      const home = homes.get(label);
      if (!home) continue;
      touched.add(home.index);
      const tally = perBuild.get(home.id);
      perBuild.set(home.id, {
        openRuns: (tally?.openRuns ?? 0) + 1,
        oldestStartMs: Math.min(tally?.oldestStartMs ?? run.startTimeMs, run.startTimeMs),
      });
    }
    for (const index of touched) perSet[index] = (perSet[index] ?? 0) + 1;
  }
  return { perSet, perBuild, unversioned };
}
