import type { PatchMarker, UnreadableMarker } from '#lib/domain/patches/types.ts';
import type { WorkerStamp } from '#lib/domain/history/events.ts';

/** An open run as visibility lists it. */
export interface RunSummary {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly startTimeMs: number;
  /** null: still open. */
  readonly closeTimeMs: number | null;
  /** Raw values of BuildIds, e.g. `versioned:deadbeef`. They find runs; they never clear one. */
  readonly buildIds: readonly string[];
  /** Raw values of TemporalChangeVersion. */
  readonly labels: readonly string[];
}

/** What one reading of one run's history says. Markers never change within a run; later events may add to it. */
export interface RunFacts {
  readonly workflowId: string | null;
  readonly runId: string | null;
  readonly workflowType: string | null;
  readonly taskQueue: string | null;
  readonly startTimeMs: number | null;
  readonly sdkName: string | null;
  readonly sdkVersion: string | null;
  readonly markers: readonly PatchMarker[];
  readonly unreadable: readonly UnreadableMarker[];
  /** Union of all TemporalChangeVersion lists upserted in the history, in order of appearance. */
  readonly labels: readonly string[];
  /** Every completed (or started and not yet completed) workflow task, in order. */
  readonly tasks: readonly TaskFact[];
  /** Latest possible end by run timeout, null when it never ends by itself. */
  readonly endsByMs: number | null;
  /** Deployment version `deployment:build` that the run is pinned to by its worker (or by inheritance); null: not pinned. */
  readonly pinnedByWorker: string | null;
  /** An override of that: a deployment version, or `auto-upgrade`; null: none. */
  readonly versioningOverride: string | null;
  readonly lastEventId: number;
  readonly isClosed: boolean;
  /** Newest workflow task failure by nondeterminism since the last completed task. */
  readonly nondeterminismFailure: { readonly message: string; readonly timeMs: number } | null;
}

export interface TaskFact {
  readonly completedEventId: number | null;
  readonly startedEventId: number;
  readonly timeMs: number;
  readonly taskQueue: string;
  readonly worker: WorkerStamp;
  readonly sdkName: string | null;
  readonly sdkVersion: string | null;
}
