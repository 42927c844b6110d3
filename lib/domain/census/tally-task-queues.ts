import { parseBuildIdValue, type TouchingBuild } from '#lib/domain/census/build-id-values.ts';
import { compareText } from '#lib/domain/census/compare-text.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';

interface BuildTally extends TouchingBuild {
  readonly openRuns: number;
  readonly oldestOpenStartMs: number;
}

export interface TaskQueueTally {
  readonly name: string;
  readonly openRuns: number;
  readonly oldestOpenStartMs: number;
  /** Open runs by build they were touched by: a run counts once under each of its builds. Ordered by build ID. */
  readonly builds: readonly BuildTally[];
}

/** Open runs per task queue and build, ordered by name. Only queues with open runs: memory adds the others. */
export function tallyTaskQueues(snapshot: Pick<CensusSnapshot, 'runs'>): readonly TaskQueueTally[] {
  const queues = Map.groupBy(snapshot.runs, (run) => run.summary.taskQueue);
  const tallies = Array.from(queues, ([name, runs]) => {
    const builds = new Map<string, TouchingBuild & Count>();
    const all: Count = { openRuns: 0, oldestOpenStartMs: Infinity };
    for (const { summary } of runs) {
      add(all, summary.startTimeMs);
      for (const [key, build] of buildsOf(summary.buildIds)) {
        const count = builds.get(key) ?? { ...build, openRuns: 0, oldestOpenStartMs: Infinity };
        add(count, summary.startTimeMs);
        builds.set(key, count);
      }
    }
    return { name, ...all, builds: [...builds.values()].sort(byBuild) };
  });
  return tallies.sort((left, right) => compareText(left.name, right.name));
}

interface Count {
  openRuns: number;
  oldestOpenStartMs: number;
}

function add(count: Count, startTimeMs: number): void {
  count.openRuns += 1;
  count.oldestOpenStartMs = Math.min(count.oldestOpenStartMs, startTimeMs);
}

/** Each build once, also where BuildIds holds both `assigned:X` and `versioned:X`. */
function buildsOf(values: readonly string[]): ReadonlyMap<string, TouchingBuild> {
  const builds = new Map<string, TouchingBuild>();
  for (const value of values) {
    const build = parseBuildIdValue(value);
    if (build !== null) builds.set(`${build.isVersioned}:${build.buildId}`, build);
  }
  return builds;
}

function byBuild(left: TouchingBuild, right: TouchingBuild): number {
  return compareText(left.buildId, right.buildId) || Number(right.isVersioned) - Number(left.isVersioned);
}
