import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunFacts } from '#lib/domain/census/types.ts';
import type { TargetBuild, WorkerSeen } from '#lib/domain/verdict/types.ts';
import { placeOf } from '#lib/domain/version-sets/queries.ts';

/**
 * Can routing give this run to the target build? False positives would clear a run, so only what binds is taken: pinning, and
 * the version set of the worker that had the run last. While nobody merges sets or overrides the run.
 */
export function isFencedRun({ summary }: CensusRun, facts: RunFacts, target: TargetBuild | null): boolean {
  if (target === null) return false;
  const pin = pinOf(facts);
  if (pin !== null) return !isTarget(pin, target);
  const sets = target.setsByQueue.get(summary.taskQueue);
  const home = sets === undefined ? null : placeOf(sets, target.build);
  if (sets === undefined || home === null) return false;
  // A started task in a version set carries no stamp: it looks unversioned and is not.
  const last = facts.tasks.findLast(
    ({ completedEventId, worker }) => completedEventId !== null || worker.buildId !== null,
  );
  if (last === undefined || last.worker.deploymentVersion !== null) return false;
  // A run that an unversioned worker began stays with unversioned workers.
  if (!last.worker.useVersioning) {
    return facts.tasks.every(({ worker }) => !worker.useVersioning && worker.deploymentVersion === null);
  }
  const place = last.worker.buildId === null ? null : placeOf(sets, last.worker.buildId);
  return place !== null && place.set !== home.set;
}

/** A worker that routing keeps apart from the target build: what it begins never comes there. */
export function isFencedWorker(worker: WorkerSeen, target: TargetBuild | null): boolean {
  if (target === null || (worker.isRouted && worker.deploymentVersion !== null)) return false;
  // An old deployment version that still polls gets only runs pinned to it.
  if (worker.deploymentVersion !== null) return !isTarget(worker.deploymentVersion, target);
  const sets = target.setsByQueue.get(worker.taskQueue);
  const home = sets === undefined ? null : placeOf(sets, target.build);
  if (sets === undefined || home === null) return false;
  if (!worker.useVersioning) return true;
  const place = worker.buildId === null ? null : placeOf(sets, worker.buildId);
  return place !== null && place.set !== home.set;
}

/** Routing names the target while nothing polls with it: that is the changed code, which the question is about. */
export function isTargetToCome(
  { isRouted, deploymentVersion, buildId }: WorkerSeen,
  target: TargetBuild | null,
): boolean {
  if (target === null || !isRouted) return false;
  return deploymentVersion === null ? buildId === target.build : isTarget(deploymentVersion, target);
}

function pinOf({ versioningOverride, pinnedByWorker }: RunFacts): string | null {
  if (versioningOverride === 'auto-upgrade') return null;
  return versioningOverride ?? pinnedByWorker;
}

/** The target may be named whole, or by its build ID alone. */
function isTarget(deploymentVersion: string, { build }: TargetBuild): boolean {
  return deploymentVersion === build || deploymentVersion.slice(deploymentVersion.indexOf(':') + 1) === build;
}
