import type { Poller } from '#lib/domain/task-queues/types.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

/**
 * A consequence or a risk of a change. `buildId` and `count` mean, by code:
 * - `new-runs-go-to`, `new-runs-stay`: the build that takes new runs; null: unversioned workers.
 * - `open-runs-move`: open runs that this build will serve instead of another. `open-runs-stay`: runs whose build stays.
 * - `no-poller-for-new-default`: a build that is about to get work and has no worker polling with it.
 * - `unregistered-pollers`: workers polling with versioning on and this id, which is still in no set after the change.
 * - `unversioned-runs-remain`: open runs that only unversioned workers can finish.
 * - `merged-order-open`: this many superseded build IDs of the merged set may stand in another order than shown.
 * - `over-default-limit`: the queue would hold `count` sets or build IDs, more than a server takes by default.
 * - `no-change`: Temporal already has the wished state.
 */
export type PlanNoteCode =
  | 'new-runs-go-to'
  | 'new-runs-stay'
  | 'open-runs-move'
  | 'open-runs-stay'
  | 'no-poller-for-new-default'
  | 'unregistered-pollers'
  | 'unversioned-runs-remain'
  | 'merged-order-open'
  | 'over-default-limit'
  | 'no-change';

export interface PlanNote {
  readonly code: PlanNoteCode;
  readonly buildId: string | null;
  /** Runs, workers, sets or build IDs concerned; null: not known, or nothing to count. */
  readonly count: number | null;
}

/** What a plan is made from. A count of null says that it could not be had; it is never taken for 0. */
export interface QueueState {
  readonly sets: VersionSets;
  /** Open runs of each set, in the order of `sets`. */
  readonly openRuns: readonly (number | null)[];
  readonly unversionedOpenRuns: number | null;
  readonly pollers: readonly Poller[];
}

/**
 * How a change ended. `verified`: read back as planned. `already-so`: nothing was to do, nothing was written. `refused`: by
 * Temporal. `conflict`: the sets had changed since the plan, nothing was written. `superseded`: someone else's change came in between,
 * so the sets are not as planned. `not-applied`: surely not written. `unconfirmed`: reading could not settle it.
 */
export type ChangeOutcome =
  | 'verified'
  | 'already-so'
  | 'refused'
  | 'conflict'
  | 'superseded'
  | 'not-applied'
  | 'unconfirmed';
