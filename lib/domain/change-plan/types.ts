import type { Poller } from '#lib/domain/task-queues/types.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/**
 * A consequence or a risk of a change. `buildId` and `count` mean, by code:
 * - `new-runs-go-to`, `new-runs-stay`: the build that takes new runs; null: unversioned workers.
 * - `open-runs-move`: open runs that this build will serve instead of another. `open-runs-stay`: runs whose build stays.
 * - `started-work`: children, continue-as-new and activities on this queue stay with the set of the run that starts them; those asked
 *   for with the intent "default", and the next runs of a cron schedule, go to this build.
 * - `no-poller-for-new-default`: a build that is about to get work and has no worker polling with it.
 * - `unregistered-pollers`: workers polling with versioning on and this id, which is still in no set after the change.
 * - `superseded-pollers`: workers polling with an id that is in a set and not its default after the change: they get nothing.
 * - `unversioned-runs-remain`: open runs that only unversioned workers can finish; their children and continue-as-new go to this
 *   build. `unversioned-runs-wait`: and no unversioned worker polls.
 * - `rules-lost`: this many assignment and redirect rules that a merge wipes. `rules-not-known`: whether there are any is not known.
 * - `merged-order-open`: this many superseded build IDs of the merged set may stand in another order than shown.
 * - `over-default-limit`: the queue would hold `count` sets or build IDs, more than a server takes by default.
 * - `no-change`: Temporal already has the wished state.
 */
export type PlanNoteCode =
  | 'new-runs-go-to'
  | 'new-runs-stay'
  | 'started-work'
  | 'open-runs-move'
  | 'open-runs-stay'
  | 'no-poller-for-new-default'
  | 'unregistered-pollers'
  | 'superseded-pollers'
  | 'unversioned-runs-remain'
  | 'unversioned-runs-wait'
  | 'rules-lost'
  | 'rules-not-known'
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
  /** Assignment and redirect rules of the queue. Only a merge asks for them. */
  readonly rules: number | null;
  /** Other task queues known to hold a build ID; one that is absent is on none. Only an added build ID asks for them. */
  readonly otherQueues: ReadonlyMap<string, number> | null;
}

/** How much a queue would hold of what servers allow by default. `task-queues-of-build-id`: queues that hold the added build ID. */
export interface PlanLimit {
  readonly limit: 'sets' | 'build-ids' | 'task-queues-of-build-id';
  readonly holds: number;
  readonly allows: number;
}

/**
 * Whether routing can be put back as it was: Temporal removes nothing, so what was added stays (`leaves`), and the order of build IDs
 * and sets that are no default is not restored. `merged`: sets never part again. `was-unversioned`: no operation gives new runs back to
 * unversioned workers.
 */
export type Undo =
  | {
      readonly kind: 'operations';
      readonly operations: readonly VersionSetOperation[];
      readonly leaves: 'nothing' | 'new-set' | 'new-build';
    }
  | { readonly kind: 'none'; readonly why: 'merged' | 'was-unversioned' | 'no-change' };

/**
 * Routing that a change altered and that is now neither as before it nor as after it. `queue-default`: the set that takes new runs;
 * `set-default`: the build that serves a set; `sets-merged`: the two sets that the queue default moved between are one now.
 */
export interface ChangedSince {
  readonly kind: 'changed-since';
  readonly what: 'queue-default' | 'set-default' | 'sets-merged';
  /** The default before the change, the one that it made, and the one that stands now; null: the set is empty or gone. */
  readonly was: string;
  readonly became: string;
  readonly is: string | null;
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
