import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerNamespaces } from '#e2e/harness/namespaces.ts';
import { waitFor } from '#e2e/harness/wait.ts';
import { type Run, runSchema } from '#lib/api/runs/schemas.ts';
import { codeOf, connectPort, testServers } from '#server/temporal/testing/test-servers.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import { getRun } from '#server/usecases/runs/get-run.ts';
import { type LensWorkers, lensWorkers } from '#server/usecases/runs/testing/lens-workers.ts';
import { lensOrder, renew } from '#server/usecases/runs/testing/lens-workflows.ts';
import { wake } from '#server/usecases/runs/testing/lens-workflows-changed.ts';

/** A version set is known to every part of the server within seconds; a worker's poll may last a minute. */
const LONG_MS = 90_000;

describe.each(testServers(process.env))('a run on %s', (_, address) => {
  const namespace = `runs-${randomUUID()}`;
  const taskQueue = 'lens "queue"';
  const workflowId = `order/${randomUUID()}`;
  const opened = new AsyncDisposableStack();
  let temporal: TemporalPort;
  let client: Client;
  let workers: LensWorkers;
  let worker: AsyncDisposable;
  let handle: WorkflowHandle;

  const read = async (runId = ''): Promise<Run> => {
    const ctx = { temporal, now: Date.now, signal: new AbortController().signal };
    const run = await getRun(ctx, { namespace, workflowId, runId });
    expect(runSchema.parse(run)).toEqual(run);
    return run;
  };
  const runIdNow = async () => (await client.workflow.getHandle(workflowId).describe()).runId;
  /** Waits until the newest run satisfies `isSo`. */
  const until = (what: string, isSo: (run: Run) => boolean) =>
    waitFor(
      async () => {
        const run = await read();
        return isSo(run) ? run : undefined;
      },
      { what, timeoutMs: LONG_MS },
    );
  const isAtItsWait = (run: Run) => kindsOf(run).filter((kind) => kind === 'leaves-build').length === 2 && isIdle(run);

  beforeAll(async () => {
    await registerNamespaces(address, [namespace]);
    const connection = await Connection.connect({ address });
    opened.defer(() => connection.close());
    client = new Client({ connection, namespace });
    temporal = connectPort(address);
    opened.defer(temporal.close);
    workers = opened.use(await lensWorkers(address, namespace, taskQueue));
    await client.taskQueue.updateBuildIdCompatibility(taskQueue, {
      operation: 'addNewIdInNewDefaultSet',
      buildId: 'b1',
    });
    worker = await workers.start('b1', 'lens-workflows');
    handle = await client.workflow.start(lensOrder, { taskQueue, workflowId, workflowRunTimeout: '1 day' });
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await opened.disposeAsync();
  });

  test('tells markers, labels, who completed what, and the commands that leave the version set', async () => {
    // Two readings that agree: nothing happened between them.
    const { run, events } = await waitFor(
      async () => {
        const [seen, history] = [await read(), await handle.fetchHistory()];
        const isSame = isAtItsWait(seen) && seen.eventsRead === history.events?.length;
        return isSame ? { run: seen, events: history.events ?? [] } : undefined;
      },
      { what: 'the run being at its wait', timeoutMs: LONG_MS },
    );
    const { runId } = await handle.describe();
    expect(run).toMatchObject({
      runId,
      workflowType: 'lensOrder',
      taskQueue,
      status: 'open',
      cut: null,
      labels: ['first', 'second'],
      patches: [
        { patch: { kind: 'core', id: 'first' }, deprecated: false, isLabelled: true },
        { patch: { kind: 'core', id: 'second' }, deprecated: true, isLabelled: true },
      ],
      lastWorker: {
        buildId: 'b1',
        useVersioning: true,
        identities: ['worker of b1'],
        sdkName: 'temporal-typescript',
      },
      nondeterminism: null,
    });
    expect(Date.parse(run.endsBy ?? '') - Date.parse(run.startTime ?? '')).toBe(86_400_000);
    // One activity and one child each with the default intent are not among them.
    expect(run.entries.filter((entry) => entry.fact.kind === 'leaves-build')).toMatchObject([
      { count: 1, fact: { command: 'activity', name: 'ship', taskQueue } },
      { count: 1, fact: { command: 'child-workflow', name: 'lensChild', taskQueue } },
    ]);
    const completed = events.filter((event) => event.workflowTaskCompletedEventAttributes).length;
    expect(countOf(run, 'tasks-completed')).toBe(completed);
  });

  test('follows a continue-as-new in both directions', async () => {
    const before = await runIdNow();
    await handle.signal(renew);
    const next = await until('the next run being at its wait', (run) => run.runId !== before && isAtItsWait(run));
    const ended = await read(before);
    expect(ended).toMatchObject({ runId: before, status: 'continued-as-new', nextRunId: next.runId, isByReset: false });
    expect(ended.entries.at(-1)?.fact).toMatchObject({ kind: 'closed', leavesBuild: false });
    expect(next.entries[0]?.fact).toMatchObject({
      kind: 'started',
      continuedFromRunId: before,
      inheritedBuildId: 'b1',
    });
  });

  test('tells a reset in the new run and in the one that it ended', async () => {
    const before = await runIdNow();
    const { runId: made } = await client.workflowService.resetWorkflowExecution({
      namespace,
      workflowExecution: { workflowId, runId: before },
      workflowTaskFinishEventId: await firstTaskId(client, workflowId, before),
      reason: 'a test',
      requestId: randomUUID(),
    });
    const run = await until('the reset run being at its wait', isAtItsWait);
    expect(run.runId).toBe(made);
    expect(run.entries.find((entry) => entry.fact.kind === 'reset')?.fact).toEqual({
      kind: 'reset',
      fromRunId: before,
      newRunId: made,
    });
    expect(await read(before)).toMatchObject({ status: 'terminated', isByReset: true, nextRunId: null });
  });

  test('names the worker whose code does not match the history', async () => {
    await worker[Symbol.asyncDispose]();
    await client.taskQueue.updateBuildIdCompatibility(taskQueue, {
      operation: 'addNewCompatibleVersion',
      buildId: 'b2',
      existingCompatibleBuildId: 'b1',
    });
    worker = await workers.start('b2', 'lens-workflows-changed');
    await client.workflow.getHandle(workflowId).signal(wake);
    const run = await until('a nondeterminism failure', ({ nondeterminism }) => nondeterminism !== null);
    expect(run.nondeterminism?.message).toContain('TMPRL1100');
    const failure = run.entries.findLast((entry) => entry.fact.kind === 'task-failed');
    expect(failure).toMatchObject({
      // In a version set the server writes no build into a started task, only who polled.
      author: { buildId: null, identities: ['worker of b2'] },
      fact: { cause: 'NON_DETERMINISTIC_ERROR', isNondeterminism: true },
    });
    expect(run.lastWorker?.buildId).toBe('b1');
  });

  test('tells how it ended', async () => {
    await client.workflow.getHandle(workflowId).terminate('a test');
    expect(await read()).toMatchObject({ status: 'terminated', isByReset: false });
  });

  test('that Temporal does not have is not found, under any name', async () => {
    const ctx = { temporal, now: Date.now, signal: new AbortController().signal };
    const ask = (more: object) => codeOf(getRun(ctx, { namespace, workflowId, runId: '', ...more }));
    expect(await ask({ workflowId: '..' })).toBe('not-found');
    expect(await ask({ runId: randomUUID() })).toBe('not-found');
    expect(await ask({ runId: 'no uuid' })).toBe('invalid-request');
    expect(await ask({ namespace: `no-${randomUUID()}` })).toBe('namespace-not-found');
  });
});

function kindsOf(run: Run): readonly string[] {
  return run.entries.map((entry) => entry.fact.kind);
}

/** Its newest task is completed: nothing is under way. */
function isIdle(run: Run): boolean {
  return !kindsOf(run).includes('task-running');
}

function countOf(run: Run, kind: string): number {
  return run.entries.filter((entry) => entry.fact.kind === kind).reduce((sum, entry) => sum + entry.count, 0);
}

async function firstTaskId(client: Client, workflowId: string, runId: string) {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const completed = events?.find((event) => event.workflowTaskCompletedEventAttributes);
  return completed?.eventId ?? null;
}
