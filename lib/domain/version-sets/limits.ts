/** What the server allows one queue; 0 lifts a limit, as in the server's dynamic configuration. */
export interface VersionSetLimits {
  /** `limit.versionCompatibleSetLimitPerQueue` */
  readonly sets: number;
  /** `limit.versionBuildIdLimitPerQueue`, over all sets of the queue. */
  readonly buildIds: number;
  /** `limit.workerBuildIdSize`, bytes of UTF-8. */
  readonly buildIdBytes: number;
}

/** The server's own defaults (`common/dynamicconfig/constants.go`). No API tells what a server really has. */
export const DEFAULT_LIMITS: VersionSetLimits = { sets: 10, buildIds: 100, buildIdBytes: 255 };

/** For planning: a limit that a server may have raised must not refuse what it would take. */
export const NO_LIMITS: VersionSetLimits = { sets: 0, buildIds: 0, buildIdBytes: 0 };

/** Limits of a queue that `sets` goes over, with how much it holds. `limit.taskQueuesPerBuildId` needs all queues. */
export function exceededLimits(
  sets: readonly { readonly buildIds: readonly string[] }[],
  limits: VersionSetLimits,
): { readonly limit: 'sets' | 'buildIds'; readonly holds: number; readonly allows: number }[] {
  const held = { sets: sets.length, buildIds: sets.reduce((sum, set) => sum + set.buildIds.length, 0) };
  return (['sets', 'buildIds'] as const)
    .filter((limit) => limits[limit] > 0 && held[limit] > limits[limit])
    .map((limit) => ({ limit, holds: held[limit], allows: limits[limit] }));
}
