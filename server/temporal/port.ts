import type { HistoryEvent } from '#lib/domain/history/events.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** How one call may behave. `signal` ends it at once, retries included. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Overrides the method's own deadline, in milliseconds from now, attempts and pauses included. */
  readonly deadlineMs?: number;
  /** Attempts of a read, 4 unless told; 1 for callers that count every call against a budget of their own. */
  readonly maxAttempts?: number;
}

export interface RunPage {
  readonly runs: readonly RunSummary[];
  /** Opaque; empty when this was the last page. */
  readonly nextPageToken: Uint8Array;
}

export interface HistoryPage {
  readonly events: readonly HistoryEvent[];
  readonly nextPageToken: Uint8Array;
}

export interface HistoryInput {
  readonly namespace: string;
  readonly workflowId: string;
  /** Empty: the newest run of this id. */
  readonly runId: string;
  /** Events a page; the server's own choice unless given. */
  readonly pageSize?: number;
  readonly pageToken?: Uint8Array;
}

export interface NamespaceInfo {
  readonly name: string;
  /** null where the server does not say. */
  readonly retentionMs: number | null;
}

export interface ServerInfo {
  readonly serverVersion: string;
  readonly clusterName: string | null;
}

/** `off` is PERMISSION_DENIED or UNIMPLEMENTED by the server's gate; `unknown` says that the probe itself failed. */
export type FamilyState = 'on' | 'off' | 'unknown';

export interface ApiFamilies {
  readonly versionSets: FamilyState;
  readonly rules: FamilyState;
  readonly deployments: FamilyState;
}

export type Reachability =
  | 'new-workflows'
  | 'open-workflows'
  | 'closed-workflows'
  | 'existing-workflows'
  | 'unspecified';

/** Rules of the second generation of worker versioning on one queue; deleted ones are not counted. */
export interface VersioningRules {
  readonly assignment: number;
  readonly redirect: number;
}

/** Where a queue sends workflow tasks by Worker Deployments, whatever polls. Deployment versions as `deployment:build`. */
export interface QueueRouting {
  readonly current: string | null;
  readonly ramping: string | null;
}

/** A schedule that starts workflows. */
export interface ScheduleStart {
  readonly scheduleId: string;
  readonly workflowType: string;
  readonly taskQueue: string;
}

export interface SchedulePage {
  readonly schedules: readonly { readonly scheduleId: string; readonly workflowType: string }[];
  readonly nextPageToken: Uint8Array;
}

/**
 * Everything Patchboard asks of Temporal: a record of functions in domain types. Each throws `CodedError`
 * (`server/errors.ts`) and nothing else; an abort throws code `aborted`, or
 * `ambiguous-write` for a write that may have been sent.
 */
export interface TemporalPort {
  readonly getServerInfo: (options?: CallOptions) => Promise<ServerInfo>;
  readonly listNamespaces: (options?: CallOptions) => Promise<readonly NamespaceInfo[]>;
  readonly describeNamespace: (input: { namespace: string }, options?: CallOptions) => Promise<NamespaceInfo>;
  /** Which families this namespace may use, found by calling each once; the answer is remembered per namespace. */
  readonly probeFamilies: (input: { namespace: string }, options?: CallOptions) => Promise<ApiFamilies>;
  /** All sets, oldest first. A queue Temporal never heard of is an empty list (it gives no error). */
  readonly getVersionSets: (
    input: { namespace: string; taskQueue: string },
    options?: CallOptions,
  ) => Promise<VersionSets>;
  /** One attempt, 20 s. Code `ambiguous-write` when the reply was lost and only reading can tell. */
  readonly updateVersionSets: (
    input: { namespace: string; taskQueue: string; operation: VersionSetOperation },
    options?: CallOptions,
  ) => Promise<void>;
  /** A queue without rules, or that Temporal never heard of, has none. Code `family-off` where the namespace may not use rules. */
  readonly getVersioningRules: (
    input: { namespace: string; taskQueue: string },
    options?: CallOptions,
  ) => Promise<VersioningRules>;
  /** Union over all partitions and both kinds of task. */
  readonly listPollers: (
    input: { namespace: string; taskQueue: string },
    options?: CallOptions,
  ) => Promise<readonly Poller[]>;
  readonly getQueueRouting: (
    input: { namespace: string; taskQueue: string },
    options?: CallOptions,
  ) => Promise<QueueRouting>;
  /** Visibility bucket, at most 1,000 a page. A schedule's workflow type is empty where the server does not say. */
  readonly listSchedules: (
    input: { namespace: string; pageToken?: Uint8Array },
    options?: CallOptions,
  ) => Promise<SchedulePage>;
  /** null: the schedule is gone, or starts no workflow. */
  readonly describeSchedule: (
    input: { namespace: string; scheduleId: string },
    options?: CallOptions,
  ) => Promise<ScheduleStart | null>;
  /** At most 5 build IDs a call (the server's limit); visibility bucket. */
  readonly getReachability: (
    input: { namespace: string; taskQueue: string; buildIds: readonly string[] },
    options?: CallOptions,
  ) => Promise<ReadonlyMap<string, readonly Reachability[]>>;
  readonly countRuns: (input: { namespace: string; query: string }, options?: CallOptions) => Promise<number>;
  readonly listRuns: (
    input: { namespace: string; query: string; pageSize?: number; pageToken?: Uint8Array },
    options?: CallOptions,
  ) => Promise<RunPage>;
  /** Stored events, oldest first. An attempt that is under way but not stored is not among them: its event ids are not final. */
  readonly readHistory: (input: HistoryInput, options?: CallOptions) => Promise<HistoryPage>;
  /** The same history, newest event first: what a run gained since it was last read. */
  readonly readHistoryReverse: (input: HistoryInput, options?: CallOptions) => Promise<HistoryPage>;
  /** Ends the channel; calls under way fail with `aborted`. */
  readonly close: () => void;
}
