import type { ClosedStatus, RunRef, WorkerStamp } from '#lib/domain/history/events.ts';
import type { PatchKind, UnreadableReason } from '#lib/domain/patches/types.ts';

/**
 * Who did it: the worker that completed the workflow task, or started the one that failed. Of a started task the server writes no
 * build where a version set took it, and no deployment version (seen on 1.29.1 and 1.32.0): the identity text is what is left.
 */
export interface Author extends WorkerStamp {
  /** Worker identity texts, in order of appearance, the first few. */
  readonly identities: readonly string[];
  readonly hasMoreIdentities: boolean;
  /** null: no completed task has named it so far. */
  readonly sdkName: string | null;
  readonly sdkVersion: string | null;
}

/** What one entry tells, by kind. Everything in it is text of Temporal's. */
export type LensFact =
  | {
      readonly kind: 'started';
      readonly workflowType: string;
      readonly taskQueue: string;
      /** null: it continues no other run. */
      readonly continuedFromRunId: string | null;
      readonly parent: RunRef | null;
      /** The build in whose version set it began; null: on the queue's default, or unversioned. */
      readonly inheritedBuildId: string | null;
    }
  | { readonly kind: 'tasks-completed' }
  | { readonly kind: 'task-running' }
  | {
      readonly kind: 'task-failed';
      /** Spelled as `WorkflowTaskFailedCause` without its prefix. */
      readonly cause: string;
      readonly message: string;
      readonly isNondeterminism: boolean;
    }
  | { readonly kind: 'task-timed-out'; readonly timeout: string }
  | {
      readonly kind: 'patch';
      readonly patch: { readonly kind: PatchKind; readonly id: string };
      /** core: written by `deprecate_patch`; else null. */
      readonly deprecated: boolean | null;
      readonly version: number | null;
    }
  | { readonly kind: 'unreadable-marker'; readonly reason: UnreadableReason }
  | {
      readonly kind: 'labels';
      /** Values of TemporalChangeVersion that no earlier upsert of the run had. */
      readonly added: readonly string[];
      /** Values in the list afterwards; null: the list cannot be read. */
      readonly total: number | null;
    }
  | {
      readonly kind: 'reset';
      /** The run that was reset; null: not recorded. */
      readonly fromRunId: string | null;
      readonly newRunId: string;
    }
  | {
      readonly kind: 'override';
      /** `deployment:build`, `auto-upgrade`, or null when it was taken away. */
      readonly to: string | null;
    }
  | {
      readonly kind: 'pinned';
      /** Deployment version that the run's worker pins it to; null: no longer pinned. */
      readonly to: string | null;
    }
  | {
      /** A command that leaves the run's version set: the queue's default build takes it. */
      readonly kind: 'leaves-build';
      readonly command: 'activity' | 'child-workflow';
      /** Activity or workflow type. */
      readonly name: string;
      readonly taskQueue: string;
    }
  | {
      readonly kind: 'closed';
      readonly status: ClosedStatus;
      /** The run that follows; null: none, or not recorded. */
      readonly newRunId: string | null;
      readonly isByReset: boolean;
      /** True: the new run starts on the queue's default build instead of this run's version set. */
      readonly leavesBuild: boolean;
    };

/** One line of a run seen through the version lens: one event, or a stretch of equal ones. */
export interface LensEntry {
  readonly eventId: number;
  /** The same as `eventId` for one event. */
  readonly lastEventId: number;
  readonly timeMs: number;
  readonly lastTimeMs: number;
  /** How many events it stands for. */
  readonly count: number;
  /** null: no worker's doing, or not known. */
  readonly author: Author | null;
  readonly fact: LensFact;
}

export interface RunLens {
  /** Oldest first. */
  readonly entries: readonly LensEntry[];
  /** Entries of the middle that were dropped to bound memory; null: none. */
  readonly omitted: { readonly count: number; readonly afterEventId: number } | null;
  /** Who completed the newest workflow task; null: nobody yet. */
  readonly newestTask: { readonly author: Author; readonly timeMs: number } | null;
}
