import { summaryOf } from '#lib/domain/census/test-runs.ts';
import type { HistoryEvent } from '#lib/domain/history/events.ts';
import type { FakeRun } from '#server/census/testing/fake-temporal.ts';

const STARTED_MS = 1_000;

/** An open run with one completed workflow task, in which it recorded the patches. */
export function fakeRun(runId: string, { patches = [], labels = [] }: { patches?: string[]; labels?: string[] } = {}) {
  const run: FakeRun = {
    summary: summaryOf({ runId, labels, workflowId: `workflow-${runId}` }),
    events: [
      {
        eventId: 1,
        timeMs: STARTED_MS,
        type: 'workflow-execution-started',
        workflowType: 'Order',
        taskQueue: 'orders',
        runTimeoutMs: null,
        executionTimeoutMs: null,
        continuedFromRunId: null,
        workflowId: `workflow-${runId}`,
        originalRunId: runId,
      },
    ],
  };
  addTask(run, patches);
  return run;
}

/** Another completed workflow task of the run. */
export function addTask(run: FakeRun, patches: readonly string[] = [], buildId = 'build-1'): void {
  const worker = { buildId, useVersioning: false, deploymentVersion: null };
  add(run, { type: 'workflow-task-scheduled', taskQueue: 'orders' });
  add(run, { type: 'workflow-task-started', identity: 'w', worker });
  const completed = add(run, {
    type: 'workflow-task-completed',
    identity: 'w',
    worker,
    sdk: { name: 'temporal-typescript', version: '1.24.0' },
    startedEventId: run.events.length,
  });
  for (const id of patches) {
    const data = new TextEncoder().encode(JSON.stringify({ id, deprecated: false }));
    add(run, {
      type: 'marker-recorded',
      markerName: 'core_patch',
      details: { 'patch-data': [{ encoding: 'json/plain', data }] },
      workflowTaskCompletedEventId: completed,
    });
  }
}

export function close(run: FakeRun): void {
  add(run, { type: 'workflow-execution-closed', status: 'completed', newRunId: null });
}

type WithoutPlace<E> = E extends HistoryEvent ? Omit<E, 'eventId' | 'timeMs'> : never;

function add(run: FakeRun, event: WithoutPlace<HistoryEvent>): number {
  const eventId = run.events.length + 1;
  run.events.push({ ...event, eventId, timeMs: STARTED_MS + eventId });
  return eventId;
}
