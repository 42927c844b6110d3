/**
 * The part of a workflow history that Patchboard reads, free of proto types. Both gRPC histories and history files become
 * these; everything else is `other`, kept for its id and time. Times are epoch milliseconds.
 */

/** Who completed or started a task: the stamp a worker leaves (`WorkerVersionStamp`, deployment options). */
export interface WorkerStamp {
  /** null: the worker sent none. */
  readonly buildId: string | null;
  readonly useVersioning: boolean;
  /** `deployment:build` where the worker has a deployment version (Worker Deployments). */
  readonly deploymentVersion: string | null;
}

/** A payload as Temporal stores it: metadata `encoding` and raw bytes. */
export interface RawPayload {
  /** null: no encoding named (old Core markers) or not text. */
  readonly encoding: string | null;
  readonly data: Uint8Array;
}

export interface SdkMetadata {
  /** Written only when changed since last recorded; null: not repeated in this event. */
  readonly name: string | null;
  readonly version: string | null;
}

export interface RunRef {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

/** What a workflow task started beside itself: on which queue, and by which build. */
export interface StartedElsewhere {
  readonly taskQueue: string;
  /** False: the queue's default build takes it, whatever the build of the run (`use_workflow_build_id`, `inherit_build_id`). */
  readonly keepsBuild: boolean;
}

interface EventBase {
  readonly eventId: number;
  readonly timeMs: number;
}

export type HistoryEvent = EventBase &
  (
    | {
        readonly type: 'workflow-execution-started';
        readonly workflowType: string;
        readonly taskQueue: string;
        /** Null when the run has no timeout: it ends only by itself. */
        readonly runTimeoutMs: number | null;
        readonly executionTimeoutMs: number | null;
        /** Start delay, cron or retry: timeouts run from this much later. Absent: at once. */
        readonly firstTaskBackoffMs?: number;
        readonly continuedFromRunId: string | null;
        readonly workflowId: string | null;
        readonly originalRunId: string | null;
        /** Absent: no run of another workflow started it, or a history file. */
        readonly parent?: RunRef;
        /** The build in whose version set the run began: that of its parent or of the run before. Absent: the queue's default. */
        readonly inheritedBuildId?: string;
        /** Deployment version that the run inherited its pinning to. Absent: none, or a history file. */
        readonly inheritedPin?: string;
        /** See `options-updated`. Absent: none. */
        readonly versioningOverride?: string;
      }
    | { readonly type: 'workflow-task-scheduled'; readonly taskQueue: string }
    | { readonly type: 'workflow-task-started'; readonly identity: string; readonly worker: WorkerStamp }
    | {
        readonly type: 'workflow-task-completed';
        readonly identity: string;
        readonly worker: WorkerStamp;
        readonly sdk: SdkMetadata;
        readonly startedEventId: number;
        /** True: the worker pins the run to its own deployment version. Absent: it does not, or a history file. */
        readonly isPinned?: boolean;
      }
    | {
        readonly type: 'workflow-task-failed';
        readonly cause: string;
        readonly message: string;
        readonly newRunId: string | null;
        /** For a reset: the run that was reset. Absent: a history file. */
        readonly baseRunId?: string;
      }
    | {
        readonly type: 'workflow-task-timed-out';
        /** Spelled as `TimeoutType` without its prefix, e.g. `SCHEDULE_TO_START`. */
        readonly timeout: string;
      }
    | ({ readonly type: 'activity-scheduled'; readonly activityType: string } & StartedElsewhere)
    | ({ readonly type: 'child-workflow-initiated'; readonly workflowType: string } & StartedElsewhere)
    | {
        readonly type: 'marker-recorded';
        readonly markerName: string;
        readonly details: Readonly<Record<string, readonly RawPayload[]>>;
        readonly workflowTaskCompletedEventId: number;
      }
    | {
        readonly type: 'search-attributes-upserted';
        /** Raw TemporalChangeVersion payload; null when the upsert does not name it. */
        readonly changeVersion: RawPayload | null;
        readonly workflowTaskCompletedEventId: number;
      }
    | {
        readonly type: 'options-updated';
        /** `deployment:build` pinned by hand, `auto-upgrade`, or null when the override was taken away. */
        readonly versioningOverride: string | null;
      }
    | {
        readonly type: 'workflow-execution-closed';
        readonly status: ClosedStatus;
        readonly newRunId: string | null;
        /** True: terminated because somebody reset it. Absent: not, or a history file. */
        readonly isByReset?: boolean;
        /** For `continued-as-new`, where the new run goes. Absent: another end, or a history file. */
        readonly next?: StartedElsewhere;
      }
    | { readonly type: 'other'; readonly name: string }
  );

export type ClosedStatus = 'completed' | 'failed' | 'canceled' | 'terminated' | 'timed-out' | 'continued-as-new';
