/**
 * A task queue's version sets as Temporal's matching service keeps them (`service/matching/version_sets.go`).
 * Order matters: it is the state. The last build ID of a set is the set's default; the last set is the queue default.
 */
export interface VersionSet {
  /** Oldest first; the last one is the set default. Empty only in a multi-cluster tombstone window. */
  readonly buildIds: readonly string[];
}

export interface VersionSets {
  /** Oldest first; the last one is the queue default. Empty: the queue is unversioned, or Temporal never heard of it. */
  readonly sets: readonly VersionSet[];
}

/** The five operations of UpdateWorkerBuildIdCompatibility, by the names that Patchboard's API and command use. */
export type VersionSetOperation =
  | { readonly kind: 'add-new-default'; readonly buildId: string }
  | {
      readonly kind: 'add-new-compatible';
      readonly newBuildId: string;
      readonly existingBuildId: string;
      /** Also make the set the queue default. */
      readonly asQueueDefault: boolean;
    }
  | { readonly kind: 'promote-set'; readonly buildId: string }
  | { readonly kind: 'promote-within-set'; readonly buildId: string }
  | { readonly kind: 'merge-sets'; readonly primaryBuildId: string; readonly secondaryBuildId: string };

export type VersionSetOperationKind = VersionSetOperation['kind'];
