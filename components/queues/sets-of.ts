import type { TaskQueue } from '#lib/api/task-queues/schemas.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

/** The queue's sets in the server's order, queue default last, as operations and plans take them. */
export function setsOf({ versionSets }: Pick<TaskQueue, 'versionSets'>): VersionSets {
  return {
    sets: versionSets.toReversed().map((set) => ({ buildIds: set.buildIds.map((build) => build.buildId) })),
  };
}
