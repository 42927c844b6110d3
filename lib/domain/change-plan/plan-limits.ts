import type { PlanLimit, QueueState } from '#lib/domain/change-plan/types.ts';
import { DEFAULT_LIMITS } from '#lib/domain/version-sets/limits.ts';
import { buildIdsOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

/** `limit.taskQueuesPerBuildId`: the server's default. It is checked only where a build ID is newly added. */
const TASK_QUEUES_PER_BUILD_ID = 20;

/** From here on a limit is worth a look, though the change itself uses up nothing of it. */
const NEARLY_USED_UP = 0.8;

/** Limits of which the change makes the queue hold more or less, and those that are over 80 % used. */
export function planLimits(state: QueueState, after: VersionSets): PlanLimit[] {
  const held = ownLimits(state.sets);
  const told = ownLimits(after).filter((limit, index) => limit.holds !== held[index]?.holds || isNearlyUsedUp(limit));
  return [...told, ...taskQueuesLimit(state, after)];
}

function ownLimits(sets: VersionSets): PlanLimit[] {
  return [
    { limit: 'sets', holds: sets.sets.length, allows: DEFAULT_LIMITS.sets },
    { limit: 'build-ids', holds: buildIdsOf(sets).length, allows: DEFAULT_LIMITS.buildIds },
  ];
}

function taskQueuesLimit(state: QueueState, after: VersionSets): PlanLimit[] {
  const known = new Set(buildIdsOf(state.sets));
  const added = buildIdsOf(after).find((buildId) => !known.has(buildId));
  if (added === undefined || state.otherQueues === null) return [];
  const holds = (state.otherQueues.get(added) ?? 0) + 1;
  return [{ limit: 'task-queues-of-build-id', holds, allows: TASK_QUEUES_PER_BUILD_ID }];
}

function isNearlyUsedUp({ holds, allows }: PlanLimit): boolean {
  return holds > allows * NEARLY_USED_UP;
}
