import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunFacts, RunSummary, TaskFact } from '#lib/domain/census/types.ts';
import type { PatchMarker } from '#lib/domain/patches/types.ts';

/** Builders for tests: say what matters, the rest is ordinary. */
export function summaryOf(summary: Partial<RunSummary> = {}): RunSummary {
  const runId = summary.runId ?? 'run';
  return {
    workflowId: `workflow-${runId}`,
    runId,
    workflowType: 'Order',
    taskQueue: 'orders',
    startTimeMs: 1_000,
    closeTimeMs: null,
    buildIds: [],
    labels: [],
    ...summary,
  };
}

export function factsOf(facts: Partial<RunFacts> = {}): RunFacts {
  return {
    workflowId: null,
    runId: null,
    workflowType: 'Order',
    taskQueue: 'orders',
    startTimeMs: 1_000,
    sdkName: 'temporal-typescript',
    sdkVersion: '1.24.0',
    markers: [],
    unreadable: [],
    labels: [],
    tasks: [],
    endsByMs: null,
    pinnedByWorker: null,
    versioningOverride: null,
    lastEventId: 1,
    isClosed: false,
    nondeterminismFailure: null,
    ...facts,
  };
}

export function runOf(summary: Partial<RunSummary>, facts: Partial<RunFacts> | null): CensusRun {
  const own = facts === null ? null : factsOf(facts);
  return { summary: summaryOf(summary), facts: own, factsReadMs: own === null ? null : 2_000 };
}

export function markerOf(marker: Partial<PatchMarker> & Pick<PatchMarker, 'kind' | 'id'>): PatchMarker {
  return { deprecated: null, version: null, eventId: 5, timeMs: 1_500, workflowTaskCompletedEventId: 4, ...marker };
}

export function taskOf(task: Partial<TaskFact> & Pick<TaskFact, 'startedEventId'>): TaskFact {
  return {
    completedEventId: task.startedEventId + 1,
    timeMs: 1_000,
    taskQueue: 'orders',
    worker: { buildId: 'b', useVersioning: false, deploymentVersion: null },
    sdkName: 'temporal-typescript',
    sdkVersion: '1.24.0',
    ...task,
  };
}
