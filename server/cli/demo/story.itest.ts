import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleWorkflows } from '#server/cli/demo/bundles.ts';
import { type RunningStory, runStory } from '#server/cli/demo/story.ts';

/** Everything here is read by Temporal's own client from sets and whole histories, and compared with literal numbers. */
const address = process.env.PATCHBOARD_TEST_ADDRESS ?? '';
const namespace = `demo-story-${randomUUID()}`;
const DAY_MS = 86_400_000;

let connection: Connection;
let client: Client;
let story: RunningStory;
let folder: string;
const failures: Error[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchboard-story-'));
  connection = await Connection.connect({ address });
  client = new Client({ connection, namespace });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs(DAY_MS),
  });
  await untilKnown();
  const bundles = await bundleWorkflows(folder);
  const { signal } = new AbortController();
  story = await runStory({ address, namespace, bundles, signal, onWorkerFailure: (error) => failures.push(error) });
});

afterAll(async () => {
  await story?.stop();
  await connection?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A new namespace is known to every part of the server only after its caches were refreshed. */
async function untilKnown(): Promise<void> {
  const isKnown = () =>
    connection.workflowService.getWorkerBuildIdCompatibility({ namespace, taskQueue: 'orders' }).then(
      () => true,
      () => false,
    );
  while (!(await isKnown())) await sleep(100);
}

interface Read {
  readonly workflowId: string;
  readonly builds: readonly string[];
  readonly markers: readonly string[];
  readonly activities: readonly string[];
  readonly identities: readonly string[];
}

async function readOpenRuns(taskQueue: string, count: number): Promise<Read[]> {
  const query = `TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Running'`;
  // Visibility follows the histories with a delay; a second between looks keeps within its request limit.
  await expect
    .poll(async () => (await client.workflow.count(query)).count, { timeout: 30_000, interval: 1_000 })
    .toBe(count);
  const reads: Read[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) reads.push(await readRun(workflowId));
  return reads.sort((a, b) => a.workflowId.localeCompare(b.workflowId));
}

async function readRun(workflowId: string): Promise<Read> {
  const events = (await client.workflow.getHandle(workflowId).fetchHistory()).events ?? [];
  const tasks = events.flatMap((event) => event.workflowTaskCompletedEventAttributes ?? []);
  const markers = events.flatMap((event) => event.markerRecordedEventAttributes ?? []);
  return {
    workflowId,
    builds: [...new Set(tasks.map((task) => task.workerVersion?.buildId ?? 'none'))],
    markers: markers.map(
      (marker) => `${marker.markerName} ${textOf(marker.details?.['patch-data']?.payloads?.[0]?.data)}`,
    ),
    activities: events.flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []),
    identities: tasks.map((task) => task.identity ?? ''),
  };
}

const textOf = (data: Uint8Array | null | undefined) => new TextDecoder().decode(data ?? new Uint8Array());

test('queue orders has the guide’s set with its successor, and a newer set as default', async () => {
  const { majorVersionSets } = await connection.workflowService.getWorkerBuildIdCompatibility({
    namespace,
    taskQueue: 'orders',
  });
  expect(majorVersionSets?.map((set) => set.buildIds)).toEqual([['deadbeef', 'deadbeef-fix'], ['feedf00d']]);
});

test('each set has open runs, and one run was worked on by two builds of its set', async () => {
  const runs = await readOpenRuns('orders', 9);
  expect(runs.map((run) => run.builds)).toEqual([
    ['deadbeef', 'deadbeef-fix'],
    ['deadbeef'],
    ['deadbeef'],
    ['deadbeef-fix'],
    ['deadbeef-fix'],
    ['feedf00d'],
    ['feedf00d'],
    ['feedf00d'],
    ['feedf00d'],
  ]);
});

test('the worker that nobody registered polls and gets nothing', async () => {
  const described = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: 'orders' },
  });
  const polling = described.pollers?.map((poller) => poller.workerVersionCapabilities?.buildId);
  expect(new Set(polling)).toEqual(new Set(['0ddba11', 'deadbeef', 'deadbeef-fix', 'feedf00d']));
  const runs = await readOpenRuns('orders', 9);
  expect(runs.flatMap((run) => run.identities).filter((identity) => identity.includes('0ddba11'))).toEqual([]);
});

test('queue my-workflow has open runs of each stage, each touched by its own stage alone', async () => {
  const runs = await readOpenRuns('my-workflow', 8);
  const live = 'core_patch {"id":"my-patch","deprecated":false}';
  const deprecated = 'core_patch {"id":"my-patch","deprecated":true}';
  const pre = ['pre_patch_activity'];
  const post = ['post_patch_activity'];
  expect(runs.map(({ builds, markers, activities }) => [builds, markers, activities])).toEqual([
    [['stage-1-initial'], [], pre],
    [['stage-1-initial'], [], pre],
    [['stage-2-patched'], [live], post],
    [['stage-2-patched'], [live], post],
    [['stage-2-patched'], [live], post],
    [['stage-3-deprecated'], [deprecated], post],
    [['stage-3-deprecated'], [deprecated], post],
    [['stage-4-complete'], [], post],
  ]);
});

test('no worker failed', () => {
  expect(failures).toEqual([]);
});
