import type { Poller } from '#lib/domain/task-queues/types.ts';
import { placeOf, setDefault, setOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

/** A worker that takes workflow tasks of this build: it polls with versioning on and exactly this build ID. */
export function takesRunsOf(poller: Poller, buildId: string): boolean {
  return isByVersionSet(poller) && poller.taskKind === 'workflow' && poller.buildId === buildId;
}

/** Polling with versioning on and a build ID that is in no set: these get no task of any set. */
export function unregisteredPollers(pollers: readonly Poller[], sets: VersionSets): Poller[] {
  return pollers.filter((poller) => isByVersionSet(poller) && placeOf(sets, poller.buildId ?? '') === null);
}

/** Polling with a build ID that is in a set and not its default: Temporal refuses these polls (`NewerBuildExists`). */
export function supersededPollers(pollers: readonly Poller[], sets: VersionSets): Poller[] {
  return pollers.filter((poller) => {
    const set = isByVersionSet(poller) ? setOf(sets, poller.buildId ?? '') : null;
    return set !== null && setDefault(set) !== poller.buildId;
  });
}

/** Polls the queue's unversioned side; a build ID that it sends all the same is a label only. */
export function unversionedPollers(pollers: readonly Poller[]): Poller[] {
  return pollers.filter((poller) => !poller.useVersioning && poller.deploymentVersion === null);
}

export function pollersOfBuild(pollers: readonly Poller[], buildId: string): Poller[] {
  return pollers.filter((poller) => isByVersionSet(poller) && poller.buildId === buildId);
}

/** Workers, not polls: one worker polls for workflow and activity tasks under one identity. */
export function countWorkers(pollers: readonly Poller[]): number {
  return new Set(pollers.map((poller) => poller.identity)).size;
}

export function lastPollMs(pollers: readonly Poller[]): number | null {
  return pollers.reduce<number | null>((last, poller) => Math.max(last ?? poller.lastPollMs, poller.lastPollMs), null);
}

/** Workers of a deployment route by their deployment version, not by version sets. */
function isByVersionSet(poller: Poller): boolean {
  return poller.useVersioning && poller.deploymentVersion === null && poller.buildId !== null;
}
