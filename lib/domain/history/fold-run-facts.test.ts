import { describe, expect, it } from 'vitest';
import type { HistoryEvent, WorkerStamp } from '#lib/domain/history/events.ts';
import { createRunFold } from '#lib/domain/history/fold-run-facts.ts';

/** Omit on each member of the union, so that an event without id and time keeps its own fields. */
type Body = HistoryEvent extends infer E ? (E extends HistoryEvent ? Omit<E, 'eventId' | 'timeMs'> : never) : never;

const HOUR_MS = 3_600_000;
const worker = (buildId: string | null): WorkerStamp => ({ buildId, useVersioning: false, deploymentVersion: null });

const started: Body = {
  type: 'workflow-execution-started',
  workflowType: 'Order',
  taskQueue: 'orders',
  runTimeoutMs: null,
  executionTimeoutMs: null,
  continuedFromRunId: null,
  workflowId: 'order-1',
  originalRunId: 'run-1',
};
const scheduled: Body = { type: 'workflow-task-scheduled', taskQueue: 'orders' };
const taken = (buildId: string): Body => ({ type: 'workflow-task-started', identity: 'w', worker: worker(buildId) });
const completed = (buildId: string, sdk: { name: string | null; version: string | null } = NO_SDK): Body => ({
  type: 'workflow-task-completed',
  identity: 'w',
  worker: worker(buildId),
  sdk,
  startedEventId: 3,
});
const NO_SDK = { name: null, version: null };
const failed = (cause: string, message = '', newRunId: string | null = null): Body => ({
  type: 'workflow-task-failed',
  cause,
  message,
  newRunId,
});
const labels = (text: string): Body => ({
  type: 'search-attributes-upserted',
  changeVersion: { encoding: 'json/plain', data: Buffer.from(text) },
  workflowTaskCompletedEventId: 4,
});

/** Events one second apart from time zero, with ids from 1. */
function fold(...bodies: Body[]) {
  const run = createRunFold();
  bodies.forEach((body, index) => run.add({ ...body, eventId: index + 1, timeMs: index * 1000 }));
  return run.finish();
}

describe('a run', () => {
  it('is known by its start', () => {
    expect(fold(started)).toMatchObject({
      workflowId: 'order-1',
      runId: 'run-1',
      workflowType: 'Order',
      taskQueue: 'orders',
      startTimeMs: 0,
      endsByMs: null,
      lastEventId: 1,
      isClosed: false,
    });
  });

  it('ends by the smaller timeout, counted from its first task', () => {
    expect(fold({ ...started, runTimeoutMs: HOUR_MS }).endsByMs).toBe(HOUR_MS);
    expect(fold({ ...started, executionTimeoutMs: HOUR_MS }).endsByMs).toBe(HOUR_MS);
    const both = { ...started, runTimeoutMs: 2 * HOUR_MS, executionTimeoutMs: HOUR_MS, firstTaskBackoffMs: 500 };
    expect(fold(both).endsByMs).toBe(HOUR_MS + 500);
  });

  it('made by a reset has its own id, start and end', () => {
    const reset = failed('WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW', 'operator: trial', 'run-2');
    const facts = fold({ ...started, runTimeoutMs: HOUR_MS }, scheduled, taken('a'), reset, scheduled);
    expect(facts).toMatchObject({ runId: 'run-2', startTimeMs: 3000, endsByMs: 3000 + HOUR_MS, tasks: [] });
  });

  it('is closed by whatever closes it', () => {
    expect(fold(started, { type: 'workflow-execution-closed', status: 'terminated', newRunId: null }).isClosed).toBe(
      true,
    );
  });
});

describe('workflow tasks', () => {
  it('carry name and version of the SDK forward, each on its own', () => {
    const facts = fold(
      started,
      completed('a', { name: 'temporal-python', version: '1.35.0' }),
      completed('a'),
      completed('b', { name: null, version: '1.36.0' }),
      completed('c', { name: 'temporal-typescript', version: null }),
    );
    expect(facts.tasks.map((task) => task.sdkName)).toEqual([
      'temporal-python',
      'temporal-python',
      'temporal-python',
      'temporal-typescript',
    ]);
    expect(facts.tasks.map((task) => task.sdkVersion)).toEqual(['1.35.0', '1.35.0', '1.36.0', '1.36.0']);
    expect(facts).toMatchObject({ sdkName: 'temporal-typescript', sdkVersion: '1.36.0' });
  });

  it('that are only started take over what is known of the SDK', () => {
    const sdk = { name: 'temporal-python', version: '1.35.0' };
    expect(fold(started, scheduled, taken('a')).tasks).toMatchObject([{ sdkName: null, sdkVersion: null }]);
    const later = fold(started, completed('a', sdk), scheduled, taken('b')).tasks;
    expect(later[1]).toMatchObject({ completedEventId: null, sdkName: sdk.name, sdkVersion: sdk.version });
  });

  it('count once, by who completed them', () => {
    const facts = fold(started, scheduled, taken('a'), completed('b'));
    expect(facts.tasks).toEqual([
      {
        completedEventId: 4,
        startedEventId: 3,
        timeMs: 3000,
        taskQueue: 'orders',
        worker: worker('b'),
        sdkName: null,
        sdkVersion: null,
      },
    ]);
  });

  it('started and not completed belong to the worker that took them', () => {
    const facts = fold(started, scheduled, taken('a'));
    expect(facts.tasks).toMatchObject([{ completedEventId: null, startedEventId: 3, worker: { buildId: 'a' } }]);
  });

  it.each<[string, Body[]]>([
    ['failed', [failed('WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND')]],
    ['timed out and scheduled again', [{ type: 'other', name: 'EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT' }, scheduled]],
  ])('do not count when %s', (_, end) => {
    expect(fold(started, scheduled, taken('a'), ...end).tasks).toEqual([]);
  });
});

describe('pinning', () => {
  const by = (deploymentVersion: string | null, isPinned?: boolean): Body => ({
    type: 'workflow-task-completed',
    identity: 'w',
    worker: { buildId: 'b', useVersioning: false, deploymentVersion },
    sdk: NO_SDK,
    startedEventId: 3,
    ...(isPinned !== undefined && { isPinned }),
  });
  const override = (versioningOverride: string | null): Body => ({ type: 'options-updated', versioningOverride });

  it('is what the worker of the last completed task asked for', () => {
    expect(fold(started).pinnedByWorker).toBeNull();
    expect(fold(started, by('d:1', true)).pinnedByWorker).toBe('d:1');
    expect(fold(started, by('d:1', true), by('d:2', true)).pinnedByWorker).toBe('d:2');
    expect(fold(started, by('d:1', true), by('d:2')).pinnedByWorker).toBeNull();
    expect(fold(started, by('d:1', false)).pinnedByWorker).toBeNull();
    expect(fold(started, by(null, true)).pinnedByWorker).toBeNull();
    expect(fold(started, by('d:1', true), scheduled, taken('x')).pinnedByWorker).toBe('d:1');
  });

  it('may be inherited until a worker completes a task', () => {
    const child: Body = { ...started, inheritedPin: 'd:0' };
    expect(fold(child).pinnedByWorker).toBe('d:0');
    expect(fold(child, scheduled, taken('x')).pinnedByWorker).toBe('d:0');
    expect(fold(child, by('d:1', true)).pinnedByWorker).toBe('d:1');
    expect(fold(child, by('d:1')).pinnedByWorker).toBeNull();
  });

  it('may be overridden from the start and later, and the override be taken away', () => {
    expect(fold(started).versioningOverride).toBeNull();
    const overridden: Body = { ...started, versioningOverride: 'd:9' };
    expect(fold(overridden, by('d:1', true))).toMatchObject({ versioningOverride: 'd:9', pinnedByWorker: 'd:1' });
    expect(fold(overridden, override('auto-upgrade')).versioningOverride).toBe('auto-upgrade');
    expect(fold(overridden, override(null)).versioningOverride).toBeNull();
    expect(fold(started, override('d:8'), by('d:1')).versioningOverride).toBe('d:8');
  });

  it('lives on in a run made by a reset', () => {
    const reset = failed('WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW', '', 'run-2');
    expect(fold(started, by('d:1', true), override('d:2'), reset)).toMatchObject({
      runId: 'run-2',
      pinnedByWorker: 'd:1',
      versioningOverride: 'd:2',
    });
  });
});

describe('failures by nondeterminism', () => {
  const CAUSE = 'WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR';

  it('are known by cause or by rule, the newest stays', () => {
    expect(fold(started, failed(CAUSE, 'first'), failed(CAUSE, 'second')).nondeterminismFailure?.message).toBe(
      'second',
    );
    const byRule = failed('WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE', '[TMPRL1100] Nondeterminism');
    expect(fold(started, byRule).nondeterminismFailure?.message).toBe('[TMPRL1100] Nondeterminism');
    expect(fold(started, failed('NON_DETERMINISTIC_ERROR', 'short')).nondeterminismFailure?.message).toBe('short');
  });

  it('have the time of their event, and the beginning of their message', () => {
    const facts = fold(started, scheduled, failed(CAUSE, 'm'.repeat(9_000)));
    expect(facts.nondeterminismFailure).toEqual({ message: 'm'.repeat(500), timeMs: 2_000 });
  });

  it('are over with the next completed task, and in a run made by a reset', () => {
    expect(fold(started, failed(CAUSE, 'x'), completed('a')).nondeterminismFailure).toBeNull();
    const reset = failed('WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW', '', 'run-2');
    expect(fold(started, failed(CAUSE, 'x'), reset).nondeterminismFailure).toBeNull();
  });

  it('are not other failures, nor hidden by these', () => {
    const other = failed('WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND', 'y');
    expect(fold(started, other).nondeterminismFailure).toBeNull();
    expect(fold(started, failed(CAUSE, 'x'), other).nondeterminismFailure?.message).toBe('x');
  });
});

describe('labels', () => {
  it('are the union of all lists in order of appearance', () => {
    const facts = fold(started, labels('["b"]'), labels('["a","b"]'), labels('"c"'), labels('not json'));
    expect(facts.labels).toEqual(['b', 'a', 'c']);
  });
});

it('finishing does not end a fold', () => {
  const run = createRunFold();
  run.add({ ...started, eventId: 1, timeMs: 0 });
  const before = run.finish();
  run.add({ ...completed('a'), eventId: 2, timeMs: 1 });
  expect(before.tasks).toEqual([]);
  expect(run.finish().tasks).toHaveLength(1);
});
