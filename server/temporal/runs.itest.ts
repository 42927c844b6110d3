import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerNamespaces } from '#e2e/harness/namespaces.ts';
import { waitFor } from '#e2e/harness/wait.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import { allOf, isExpressible, ofType, quote, startedOrClosedSince, withLabel } from '#server/temporal/query.ts';
import { completeTask, failTask, type PlayedWorker, startRun } from '#server/temporal/testing/played-worker.ts';
import { codeOf, connectPort, testServers } from '#server/temporal/testing/test-servers.ts';

const { COMMAND_TYPE_RECORD_MARKER, COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES } =
  proto.temporal.api.enums.v1.CommandType;

const utf8 = (text: string) => new TextEncoder().encode(text);
const jsonPayload = (value: unknown) => ({
  metadata: { encoding: utf8('json/plain') },
  data: utf8(JSON.stringify(value)),
});

describe.each(testServers(process.env))('runs on %s', (_, address) => {
  const namespace = `runs-${randomUUID()}`;
  const opened = new AsyncDisposableStack();
  let temporal: TemporalPort;
  let connection: Connection;

  beforeAll(async () => {
    await registerNamespaces(address, [namespace]);
    connection = await Connection.connect({ address });
    opened.defer(() => connection.close());
    temporal = connectPort(address);
    opened.defer(temporal.close);
  });
  afterAll(() => opened.disposeAsync());

  const worker: PlayedWorker = {
    namespace,
    taskQueue: 'played',
    identity: 'played@host',
    buildId: 'b"1',
    useVersioning: false,
  };
  const workflowId = 'o\'1 "♡" \u202E';
  let runId: string;

  beforeAll(async () => {
    runId = await startRun(connection, { ...worker, workflowId, workflowType: 'Order' });
    const marker = {
      commandType: COMMAND_TYPE_RECORD_MARKER,
      recordMarkerCommandAttributes: {
        markerName: 'core_patch',
        details: { 'patch-data': { payloads: [jsonPayload({ id: 'p', deprecated: false })] } },
      },
    };
    const upsert = {
      commandType: COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
      upsertWorkflowSearchAttributesCommandAttributes: {
        searchAttributes: { indexedFields: { TemporalChangeVersion: jsonPayload(['p']) } },
      },
    };
    await completeTask(connection, worker, [marker, upsert], 'temporal-played');
    await connection.workflowService.signalWorkflowExecution({
      namespace,
      workflowExecution: { workflowId, runId },
      signalName: 'go',
    });
    await failTask(connection, worker, '[TMPRL1100] played');
  });

  test('are listed with their labels and builds', async () => {
    const query = `${withLabel('p')} AND CloseTime IS NULL`;
    const run = await waitFor(async () => (await temporal.listRuns({ namespace, query })).runs[0], {
      what: 'the run in visibility',
      timeoutMs: 30_000,
    });
    expect(run).toEqual({
      workflowId,
      runId,
      workflowType: 'Order',
      taskQueue: worker.taskQueue,
      startTimeMs: expect.any(Number),
      closeTimeMs: null,
      buildIds: ['unversioned', 'unversioned:b"1'],
      labels: ['p'],
    });
    expect(Math.abs(Date.now() - run.startTimeMs)).toBeLessThan(120_000);
    expect(await temporal.countRuns({ namespace, query })).toBe(1);
  });

  test('that began before a time and ended after it are found by it', async () => {
    const ended = { workflowId: 'ended', workflowType: 'Ended' };
    const ofThisType = (sinceMs: number) => ({
      namespace,
      query: allOf(ofType(ended.workflowType), startedOrClosedSince(sinceMs)),
    });
    await startRun(connection, { ...worker, ...ended, taskQueue: 'nobody' });
    await pause(1_100);
    const sinceMs = Date.now();
    await connection.workflowService.terminateWorkflowExecution({ namespace, workflowExecution: ended });
    const run = await waitFor(
      async () => (await temporal.listRuns(ofThisType(sinceMs))).runs.find(({ closeTimeMs }) => closeTimeMs !== null),
      { what: 'the ended run in visibility', timeoutMs: 30_000 },
    );
    expect(run.startTimeMs).toBeLessThan(sinceMs);
    expect(run.closeTimeMs).toBeGreaterThanOrEqual(sinceMs);
    expect((await temporal.listRuns(ofThisType(sinceMs + 60_000))).runs).toEqual([]);
  });

  test('have a history that reads the same from both ends, in pages of any size', async () => {
    const run = { namespace, workflowId, runId };
    const { events, nextPageToken } = await temporal.readHistory(run);
    expect(nextPageToken).toHaveLength(0);
    const worked = { buildId: 'b"1', useVersioning: false, deploymentVersion: null };
    expect(events).toMatchObject([
      {
        type: 'workflow-execution-started',
        workflowType: 'Order',
        workflowId,
        taskQueue: 'played',
        runTimeoutMs: null,
      },
      { type: 'workflow-task-scheduled', taskQueue: 'played' },
      { type: 'workflow-task-started', identity: 'played@host' },
      {
        type: 'workflow-task-completed',
        identity: 'played@host',
        worker: worked,
        sdk: { name: 'temporal-played', version: '9.9.9' },
        startedEventId: 3,
      },
      { type: 'marker-recorded', markerName: 'core_patch', workflowTaskCompletedEventId: 4 },
      { type: 'search-attributes-upserted', changeVersion: { encoding: 'json/plain' } },
      { type: 'other', name: 'WORKFLOW_EXECUTION_SIGNALED' },
      { type: 'workflow-task-scheduled' },
      { type: 'workflow-task-started' },
      { type: 'workflow-task-failed', cause: 'NON_DETERMINISTIC_ERROR', message: '[TMPRL1100] played' },
    ]);
    expect(events.map(({ eventId }) => eventId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

    for (const read of [temporal.readHistory, temporal.readHistoryReverse]) {
      const paged = [];
      let pageToken: Uint8Array | undefined;
      do {
        const page = await read({ ...run, pageSize: 3, ...(pageToken && { pageToken }) });
        paged.push(...page.events);
        pageToken = page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
      } while (pageToken);
      expect(read === temporal.readHistory ? paged : paged.toReversed()).toEqual(events);
    }
  });

  test('that are unknown, or cannot exist', async () => {
    const run = { namespace, workflowId: 'nobody', runId: '' };
    expect(await codeOf(temporal.readHistory(run))).toBe('not-found');
    expect(await codeOf(temporal.readHistoryReverse(run))).toBe('not-found');
    expect(await codeOf(temporal.readHistory({ ...run, runId: 'no-uuid' }))).toBe('invalid-request');
  });

  test('pages of a list are all of it, each run once', async () => {
    const taskQueue = 'idle';
    const ids = Array.from({ length: 5 }, (__, index) => `idle-${index}`);
    for (const id of ids) await startRun(connection, { namespace, taskQueue, workflowId: id, workflowType: 'Idle' });
    const query = `WorkflowType = 'Idle'`;
    await waitFor(async () => (await temporal.countRuns({ namespace, query })) === 5 || undefined, {
      what: 'five runs in visibility',
      timeoutMs: 30_000,
    });
    const listed: string[] = [];
    let pageToken: Uint8Array | undefined;
    do {
      const page = await temporal.listRuns({ namespace, query, pageSize: 2, ...(pageToken && { pageToken }) });
      expect(page.runs.length).toBeLessThanOrEqual(2);
      listed.push(...page.runs.map((run) => run.workflowId));
      pageToken = page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
    } while (pageToken);
    expect(listed.toSorted((a, b) => a.localeCompare(b))).toEqual(ids);
  });

  test('are found by hostile values, or the value is refused: never a false zero', async () => {
    const values = ['a b', "a'b", 'a%_b', 'a`b', 'a;--', "a') OR ('1'='1", 'é👍\u202E', 'a"b', 'a\\b', 'a\nb', "a'"];
    for (const value of values) {
      await startRun(connection, { namespace, taskQueue: 'idle', workflowId: `h ${value}`, workflowType: value });
    }
    await waitFor(async () => (await temporal.countRuns({ namespace, query: "WorkflowType = 'a b'" })) || undefined, {
      what: 'the runs in visibility',
      timeoutMs: 30_000,
    });
    for (const value of values.filter(isExpressible)) {
      const found = await waitFor(
        async () => {
          const { runs } = await temporal.listRuns({ namespace, query: `WorkflowType = ${quote(value)}` });
          return runs.length > 0 ? runs : undefined;
        },
        { what: `the run of type ${JSON.stringify(value)}`, timeoutMs: 10_000 },
      );
      expect(found.map(({ workflowType }) => workflowType)).toEqual([value]);
    }
    expect(values.filter((value) => !isExpressible(value))).toEqual(['a"b', 'a\\b', 'a\nb', "a'"]);
  });

  test('queries that cannot be', async () => {
    expect(await codeOf(temporal.countRuns({ namespace, query: 'Foo = = 1' }))).toBe('query-refused');
    expect(await codeOf(temporal.listRuns({ namespace, query: "Nobody = '1'" }))).toBe('query-refused');
    // SQLite visibility; the fixed escape of `quote` never sends it.
    const query = `TemporalChangeVersion = 'a"b'`;
    expect(await codeOf(temporal.countRuns({ namespace, query }))).toBe('query-refused');
  });
});
