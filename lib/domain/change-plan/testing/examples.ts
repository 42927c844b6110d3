import type { QueueState } from '#lib/domain/change-plan/types.ts';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import { anyOperationOn, anySetsOf } from '#lib/domain/version-sets/testing/any-sets.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** `'a b | c'`: two sets, queue default last. */
export function sets(text: string): VersionSets {
  return { sets: text === '' ? [] : text.split(' | ').map((set) => ({ buildIds: set.split(' ') })) };
}

export function poller(buildId: string | null, over: Partial<Poller> = {}): Poller {
  const identity = `worker-${buildId}`;
  return {
    identity,
    taskKind: 'workflow',
    lastPollMs: 1,
    buildId,
    useVersioning: true,
    deploymentVersion: null,
    ...over,
  };
}

/** A quiet queue: no open run, no worker, no rule, its builds on no other queue. */
export function state(given: VersionSets, over: Partial<QueueState> = {}): QueueState {
  return {
    sets: given,
    openRuns: given.sets.map(() => 0),
    unversionedOpenRuns: 0,
    pollers: [],
    rules: 0,
    otherQueues: new Map(),
    ...over,
  };
}

export const add = (buildId: string): VersionSetOperation => ({ kind: 'add-new-default', buildId });
export const compatible = (
  newBuildId: string,
  existingBuildId: string,
  asQueueDefault = false,
): VersionSetOperation => ({ kind: 'add-new-compatible', newBuildId, existingBuildId, asQueueDefault });
export const promoteSet = (buildId: string): VersionSetOperation => ({ kind: 'promote-set', buildId });
export const promoteWithin = (buildId: string): VersionSetOperation => ({ kind: 'promote-within-set', buildId });
export const merge = (primaryBuildId: string, secondaryBuildId: string): VersionSetOperation => ({
  kind: 'merge-sets',
  primaryBuildId,
  secondaryBuildId,
});

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
export const anyOperation = anyOperationOn(IDS);

export const anySets = anySetsOf(IDS, 3);
