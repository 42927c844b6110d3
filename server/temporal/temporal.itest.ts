import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTILE_NAMESPACES, registerNamespaces } from '#e2e/harness/namespaces.ts';
import { waitFor } from '#e2e/harness/wait.ts';
import { startCountingProxy } from '#e2e/scale/counting-proxy.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import { pollTask } from '#server/temporal/testing/played-worker.ts';
import { codeOf, connectPort, testServers } from '#server/temporal/testing/test-servers.ts';

const DAY_MS = 86_400_000;

describe.each(testServers(process.env))('namespaces and task queues on %s', (_, address) => {
  const namespace = `port-${randomUUID()}`;
  const opened = new AsyncDisposableStack();
  let temporal: TemporalPort;
  let connection: Connection;
  let service: Connection['workflowService'];

  beforeAll(async () => {
    await registerNamespaces(address, [namespace, ...HOSTILE_NAMESPACES]);
    connection = await Connection.connect({ address });
    opened.defer(() => connection.close());
    service = connection.workflowService;
    temporal = connectPort(address);
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
    const counted = connectPort(proxy.address);
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
    const polls = identities.flatMap((identity) => {
      const worker = { namespace, taskQueue, identity, buildId: `b-${identity}`, useVersioning: true };
      return [pollTask(connection, worker, ending.signal), pollActivity(identity, ending.signal)];
    });
    const ended = Promise.allSettled(polls);
    const pollers = await waitFor(
      async () => {
        const found = await temporal.listPollers({ namespace, taskQueue });
        return found.length === 2 * identities.length ? found : undefined;
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
    ending.abort();
    await ended;

    function pollActivity(identity: string, signal: AbortSignal): Promise<unknown> {
      const request = { namespace, taskQueue: { name: taskQueue }, identity };
      return connection.withAbortSignal(signal, () =>
        connection.withDeadline(Date.now() + 60_000, () => service.pollActivityTaskQueue(request)),
      );
    }
  });

  test('a proxy in between counts every call and changes nothing', async () => {
    await using proxy = await startCountingProxy({ target: address });
    const counted = connectPort(proxy.address);
    opened.defer(counted.close);
    for (let call = 0; call < 20; call += 1) {
      expect(await counted.describeNamespace({ namespace })).toEqual(await temporal.describeNamespace({ namespace }));
    }
    expect(await codeOf(counted.describeNamespace({ namespace: 'nobody' }))).toBe('namespace-not-found');
    expect(proxy.count('DescribeNamespace')).toBe(21);
    expect(proxy.calls).toHaveLength(21);
  });
});
