import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerNamespaces } from '#e2e/harness/namespaces.ts';
import { waitFor } from '#e2e/harness/wait.ts';
import { indexPatches } from '#lib/domain/census/patch-index.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import { tallyPatches } from '#lib/domain/census/tally-patches.ts';
import { createCensus } from '#server/census/census.ts';
import type { Census } from '#server/census/port.ts';
import { finish, holdOrder, holdRefund, record, type Recorded } from '#server/census/testing/workflows.ts';
import { createStore } from '#server/store/store.ts';
import { createTemporal } from '#server/temporal/client.ts';

const namespace = `census-${randomUUID()}`;
const taskQueue = 'orders "and" refunds';
const opened = new AsyncDisposableStack();

let client: Client;
let census: Census;

beforeAll(async () => {
  const address = process.env.PATCHBOARD_TEST_ADDRESS;
  if (!address) throw new Error('PATCHBOARD_TEST_ADDRESS must name a Temporal server; `npm test` starts one.');
  await registerNamespaces(address, [namespace]);
  const connection = await Connection.connect({ address });
  opened.defer(() => connection.close());
  client = new Client({ connection, namespace });

  const native = await NativeConnection.connect({ address });
  opened.defer(() => native.close());
  const workflowsPath = fileURLToPath(new URL('./testing/workflows.ts', import.meta.url));
  const worker = await Worker.create({ connection: native, namespace, taskQueue, workflowsPath });
  const working = worker.run();
  opened.defer(async () => {
    worker.shutdown();
    await working;
  });

  const temporal = createTemporal({ address, namespace, apiKey: null, tls: null, metadata: {} });
  opened.defer(() => temporal.close());
  const store = await createStore(':memory:');
  opened.defer(() => store.close());
  const config = { visibilityPerSecond: 3, historiesPerSecond: 50 };
  census = createCensus({ temporal, store, config, now: Date.now, log: pino({ level: 'silent' }) });
  opened.defer(() => census.stop());
});
afterAll(() => opened.disposeAsync());

/** `type patch` → [with a live marker, with a deprecated one, without], and the open runs of each type. */
type Counts = Record<string, readonly number[]>;
const PATCHES = ['first', 'second', 'late'];

/** Counts made with Temporal's own client from whole histories; shares no code with what it checks. */
async function countWithClient(): Promise<Counts> {
  const counts: Record<string, number[]> = {};
  for await (const run of client.workflow.list({ query: 'CloseTime IS NULL' })) {
    const { events } = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
    if (events?.at(-1)?.workflowExecutionCompletedEventAttributes) continue;
    const markers = new Map<string, boolean>();
    for (const event of events ?? []) {
      const marker = event.markerRecordedEventAttributes;
      const data = marker?.details?.['patch-data']?.payloads?.[0]?.data;
      if (marker?.markerName !== 'core_patch' || !data) continue;
      const { id, deprecated } = JSON.parse(new TextDecoder().decode(data)) as { id: string; deprecated: boolean };
      markers.set(id, deprecated);
    }
    const add = (key: string, row: readonly number[]) => {
      const before = counts[key] ?? row.map(() => 0);
      counts[key] = before.map((count, index) => count + (row[index] ?? 0));
    };
    add(run.type, [1]);
    for (const id of PATCHES) {
      const isDeprecated = markers.get(id);
      add(`${run.type} ${id}`, [
        Number(isDeprecated === false),
        Number(isDeprecated === true),
        Number(!markers.has(id)),
      ]);
    }
  }
  return counts;
}

function countsOf(picture: CensusSnapshot): Counts {
  const counts: Record<string, readonly number[]> = {};
  for (const patch of tallyPatches(indexPatches(picture), [])) {
    for (const { workflowType, counts: own } of patch.byType) {
      expect(own.notRead + own.unreadable).toBe(0);
      counts[workflowType] = [own.openRuns];
      counts[`${workflowType} ${patch.id}`] = [own.live, own.deprecated, own.withoutMarker];
    }
  }
  return counts;
}

/** Visibility follows a second or two behind: until client and census name the same number of open runs. */
async function settled(openRuns: number): Promise<void> {
  await waitFor(
    async () => ((await client.workflow.count('CloseTime IS NULL')).count === openRuns ? true : undefined),
    { what: `visibility naming ${openRuns} open runs`, timeoutMs: 30_000 },
  );
}

test('counts equal those made from whole histories, while runs start, record more and end', async () => {
  const start = async (workflow: typeof holdOrder, recorded: Partial<Recorded>) =>
    client.workflow.start(workflow, {
      taskQueue,
      workflowId: `run/${randomUUID()}`,
      args: [{ live: [], deprecated: [], ...recorded }],
    });
  const handles = [
    await start(holdOrder, { live: ['first', 'second'] }),
    await start(holdOrder, { live: ['second'], deprecated: ['first'] }),
    await start(holdOrder, { deprecated: ['second', 'first'] }),
    await start(holdOrder, {}),
    await start(holdRefund, { live: ['first', 'second'] }),
    await start(holdRefund, {}),
  ];
  const [bothLive, , bothDeprecated, bare] = handles;
  const tasksDone = () =>
    waitFor(
      async () => {
        const described = await Promise.all(handles.map((handle) => handle.describe()));
        const hasPending = described.some((run) => run.raw.pendingWorkflowTask || run.historyLength < 4);
        return hasPending ? undefined : true;
      },
      { what: 'every run finishing its workflow tasks', timeoutMs: 30_000 },
    );

  await settled(6);
  await tasksDone();
  const first = await census.nextPass(namespace);
  const counted = await countWithClient();
  expect(counted['holdOrder first']).toEqual([1, 2, 1]);
  expect(counted['holdRefund second']).toEqual([1, 0, 1]);
  expect(countsOf(first)).toEqual(withoutPatch(counted, 'late'));

  await bothLive?.signal(record, 'late');
  await bare?.signal(record, 'late');
  await tasksDone();
  const second = await census.nextPass(namespace);
  expect(countsOf(second)['holdOrder late']).toEqual([2, 0, 2]);
  expect(countsOf(second)).toEqual(withoutPatch(await countWithClient(), 'late', 'holdRefund'));

  await bothDeprecated?.signal(finish);
  await bothDeprecated?.result();
  const third = await census.nextPass(namespace);
  expect(countsOf(third)['holdOrder']).toEqual([3]);
  expect(countsOf(third)).toEqual(withoutPatch(await countWithClient(), 'late', 'holdRefund'));
  await settled(5);
  expect(third.trouble).toBeNull();
});

/** The census lists a patch for the types that carry it; the client's count above has each patch for each type. */
function withoutPatch(counts: Counts, patch: string, type = ''): Counts {
  return Object.fromEntries(
    Object.entries(counts).filter(([key]) => !(key.endsWith(` ${patch}`) && key.startsWith(type))),
  );
}

test('the picture’s queue, ids and times are those that the client names', async () => {
  const { runs } = await census.nextPass(namespace);
  const listed = new Map<string, { type: string; startTime: Date; taskQueue: string }>();
  for await (const run of client.workflow.list({ query: 'CloseTime IS NULL' })) listed.set(run.runId, run);
  expect(runs.length).toBe(listed.size);
  for (const { summary, facts } of runs) {
    const run = listed.get(summary.runId);
    expect([summary.workflowType, summary.startTimeMs, summary.taskQueue]).toEqual([
      run?.type,
      run?.startTime.getTime(),
      taskQueue,
    ]);
    expect(facts).toMatchObject({ runId: summary.runId, workflowId: summary.workflowId, isClosed: false });
    expect(facts?.sdkName).toBe('temporal-typescript');
  }
});
