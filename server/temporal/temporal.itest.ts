import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTILE_NAMESPACES, registerNamespaces } from '#e2e/harness/namespaces.ts';
import { waitFor } from '#e2e/harness/wait.ts';
import { startCountingProxy } from '#e2e/scale/counting-proxy.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { isCodedError } from '#server/errors.ts';
import { createTemporal } from '#server/temporal/client.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import { isExpressible, quote, withLabel } from '#server/temporal/query.ts';
import { completeTask, type PlayedWorker, pollTask, startRun } from '#server/temporal/testing/played-worker.ts';

const { CommandType, WorkflowTaskFailedCause } = proto.temporal.api.enums.v1;

const newest = process.env.PATCHBOARD_TEST_ADDRESS;
if (!newest) throw new Error('PATCHBOARD_TEST_ADDRESS must name a Temporal server; `npm test` starts one.');
const older = process.env.PATCHBOARD_TEST_ADDRESS_OLD;
const SERVERS = [['the newest server', newest] as const, ...(older ? [['an older server', older] as const] : [])];

const DAY_MS = 86_400_000;
const utf8 = (text: string) => new TextEncoder().encode(text);
const jsonPayload = (value: unknown) => ({
  metadata: { encoding: utf8('json/plain') },
  data: utf8(JSON.stringify(value)),
});

function connect(address: string): TemporalPort {
  return createTemporal({ address, namespace: 'default', apiKey: null, tls: null, metadata: {} });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => expect.unreachable('the call should have failed'),
    (thrown: unknown) => thrown,
  );
  if (!isCodedError(error)) throw error;
  return error.code;
}

describe.each(SERVERS)('every call on %s', (_, address) => {
  const namespace = `port-${randomUUID()}`;
  const opened = new AsyncDisposableStack();
  let temporal: TemporalPort;
  let service: Connection['workflowService'];

  beforeAll(async () => {
    await registerNamespaces(address, [namespace, ...HOSTILE_NAMESPACES]);
    const connection = await Connection.connect({ address });
    opened.defer(() => connection.close());
    service = connection.workflowService;
    temporal = connect(address);
    opened.defer(temporal.close);
  });
  afterAll(() => opened.disposeAsync());

  test('server and namespaces', async () => {
    const { serverVersion } = await service.getSystemInfo({});
    expect(await temporal.getServerInfo()).toEqual({ serverVersion, clusterName: 'active' });
    const names = (await temporal.listNamespaces()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([namespace, ...HOSTILE_NAMESPACES]));
    expect(names).not.toContain('temporal-system');
    for (const name of [namespace, ...HOSTILE_NAMESPACES]) {
      expect(await temporal.describeNamespace({ namespace: name })).toEqual({ name, retentionMs: DAY_MS });
      expect(await temporal.countRuns({ namespace: name, query: '' })).toBeGreaterThanOrEqual(0);
    }
  });

  test('an unknown namespace is an error everywhere', async () => {
    const nowhere = { namespace: `no-${randomUUID()}` };
    const queue = { ...nowhere, taskQueue: 'q' };
    const run = { ...nowhere, workflowId: 'w', runId: '' };
    const asked = [
      temporal.describeNamespace(nowhere),
      temporal.probeFamilies(nowhere),
      temporal.getVersionSets(queue),
      temporal.updateVersionSets({ ...queue, operation: { kind: 'add-new-default', buildId: '1' } }),
      temporal.listPollers(queue),
      temporal.getReachability({ ...queue, buildIds: ['1'] }),
      temporal.countRuns({ ...nowhere, query: '' }),
      temporal.listRuns({ ...nowhere, query: '' }),
      temporal.readHistory(run),
      temporal.readHistoryReverse(run),
    ];
    expect(new Set(await Promise.all(asked.map(codeOf)))).toEqual(new Set(['namespace-not-found']));
  });

  test('families are probed once', async () => {
    await using proxy = await startCountingProxy({ target: address });
    const counted = connect(proxy.address);
    opened.defer(counted.close);
    const families = await Promise.all([counted.probeFamilies({ namespace }), counted.probeFamilies({ namespace })]);
    expect(families[0]).toEqual({ versionSets: 'on', rules: 'on', deployments: 'on' });
    expect(await counted.probeFamilies({ namespace })).toBe(families[1]);
    expect(proxy.calls.map(({ method }) => method).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'GetWorkerBuildIdCompatibility',
      'GetWorkerVersioningRules',
      'ListWorkerDeployments',
    ]);
  });

  describe('version sets', () => {
    const taskQueue = 'orders "and" \'refunds\' 100 %';
    const update = (operation: VersionSetOperation) => temporal.updateVersionSets({ namespace, taskQueue, operation });

    async function setsByClient(): Promise<string[][]> {
      const { majorVersionSets } = await service.getWorkerBuildIdCompatibility({ namespace, taskQueue });
      return majorVersionSets.map(({ buildIds }) => buildIds ?? []);
    }

    test('each of the five operations, as Temporal’s own client then reads it', async () => {
      expect(await temporal.getVersionSets({ namespace, taskQueue })).toEqual({ sets: [] });
      const steps: [VersionSetOperation, string[][]][] = [
        [{ kind: 'add-new-default', buildId: '1' }, [['1']]],
        [
          { kind: 'add-new-compatible', newBuildId: '1.1', existingBuildId: '1', asQueueDefault: false },
          [['1', '1.1']],
        ],
        [{ kind: 'add-new-default', buildId: '2' }, [['1', '1.1'], ['2']]],
        [{ kind: 'promote-within-set', buildId: '1' }, [['1.1', '1'], ['2']]],
        [{ kind: 'promote-set', buildId: '1.1' }, [['2'], ['1.1', '1']]],
        [{ kind: 'merge-sets', primaryBuildId: '2', secondaryBuildId: '1' }, [['1.1', '1', '2']]],
      ];
      for (const [operation, expected] of steps) {
        await update(operation);
        const sets = await setsByClient();
        expect(await temporal.getVersionSets({ namespace, taskQueue })).toEqual({
          sets: sets.map((buildIds) => ({ buildIds })),
        });
        expect(sets.map((ids) => new Set(ids))).toEqual(expected.map((ids) => new Set(ids)));
        expect(sets.at(-1)?.at(-1)).toBe(expected.at(-1)?.at(-1));
      }
    });

    test('what the server refuses comes with its own words', async () => {
      await expect(update({ kind: 'promote-set', buildId: 'nobody' })).rejects.toMatchObject({
        code: 'refused',
        message: expect.stringContaining('nobody not found'),
      });
      await expect(update({ kind: 'add-new-default', buildId: '1' })).rejects.toMatchObject({
        code: 'refused',
        message: expect.stringContaining('already exists'),
      });
    });

    test('reachability', async () => {
      const found = await temporal.getReachability({ namespace, taskQueue, buildIds: ['2', 'nobody'] });
      expect(found.get('2')).toContain('new-workflows');
      expect(found.get('nobody')).toEqual([]);
    });
  });

  test('pollers of every partition and both kinds of task', async () => {
    const taskQueue = 'partitioned';
    const ending = new AbortController();
    // Polls are spread over four partitions at random: that all of eight lie in one happens once in 16,000 times.
    const identities = Array.from({ length: 8 }, (__, index) => `worker-${index}`);
    const polls = identities.flatMap((identity) => [
      pollTask(service, { namespace, taskQueue, identity, buildId: `b-${identity}`, useVersioning: true }),
      service.pollActivityTaskQueue({ namespace, taskQueue: { name: taskQueue }, identity }),
    ]);
    const ended = Promise.allSettled(polls);
    try {
      const pollers = await waitFor(
        async () => {
          const found = await temporal.listPollers({ namespace, taskQueue });
          return found.length === 16 ? found : undefined;
        },
        { what: 'all sixteen pollers', timeoutMs: 30_000 },
      );
      for (const identity of identities) {
        expect(pollers.filter((poller) => poller.identity === identity)).toEqual(
          expect.arrayContaining([
            expect.objectContaining({ taskKind: 'workflow', buildId: `b-${identity}`, useVersioning: true }),
            expect.objectContaining({ taskKind: 'activity', buildId: null, useVersioning: false }),
          ]),
        );
      }
      for (const { lastPollMs } of pollers) expect(Math.abs(Date.now() - lastPollMs)).toBeLessThan(60_000);
    } finally {
      ending.abort();
      await service.shutdownWorker({ namespace, identity: 'all' }).catch(() => undefined);
    }
    void ended;
  });

  describe('runs', () => {
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
      runId = await startRun(service, { ...worker, workflowId, workflowType: 'Order' });
      const marker = {
        commandType: CommandType.COMMAND_TYPE_RECORD_MARKER,
        recordMarkerCommandAttributes: {
          markerName: 'core_patch',
          details: { 'patch-data': { payloads: [jsonPayload({ id: 'p', deprecated: false })] } },
        },
      };
      const upsert = {
        commandType: CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
        upsertWorkflowSearchAttributesCommandAttributes: {
          searchAttributes: { indexedFields: { TemporalChangeVersion: jsonPayload(['p']) } },
        },
      };
      await completeTask(service, worker, [marker, upsert], 'temporal-played');
      await service.signalWorkflowExecution({
        namespace,
        workflowExecution: { workflowId, runId },
        signalName: 'go',
      });
      const { taskToken } = await pollTask(service, worker);
      await service.respondWorkflowTaskFailed({
        namespace,
        taskToken,
        identity: worker.identity,
        cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR,
        failure: { message: '[TMPRL1100] played' },
      });
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
      for (const id of ids) await startRun(service, { namespace, taskQueue, workflowId: id, workflowType: 'Idle' });
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
        await startRun(service, { namespace, taskQueue: 'idle', workflowId: `h ${value}`, workflowType: value });
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

  test('a proxy in between counts every call and changes nothing', async () => {
    await using proxy = await startCountingProxy({ target: address });
    const counted = connect(proxy.address);
    opened.defer(counted.close);
    for (let call = 0; call < 20; call += 1) {
      expect(await counted.describeNamespace({ namespace })).toEqual(await temporal.describeNamespace({ namespace }));
    }
    expect(await codeOf(counted.describeNamespace({ namespace: 'nobody' }))).toBe('namespace-not-found');
    expect(proxy.count('DescribeNamespace')).toBe(21);
    expect(proxy.calls).toHaveLength(21);
  });
});
