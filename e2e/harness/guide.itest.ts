import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuide, type Guide, type GuideStage } from './guide.ts';
import { startTemporalServer, type TemporalServer } from './temporal-server.ts';

const SETS_QUEUE = 'guide sets';
const STAGES_QUEUE = 'guide stages';

let server: TemporalServer;
let guide: Guide;

beforeAll(async () => {
  server = await startTemporalServer({ version: 'newest' });
  guide = await createGuide(server.address);
});
afterAll(async () => server[Symbol.asyncDispose]());

describe('the guide’s client', () => {
  it('reads no sets on a queue that nobody changed', async () => {
    expect(await guide.client.getSets('untouched')).toEqual({ versionSets: [] });
  });

  it('performs the guide’s four operations, and merge', async () => {
    const { updateSets } = guide.client;
    const sets = async (...args: Parameters<typeof updateSets>): Promise<string[][]> =>
      (await updateSets(...args)).versionSets.map((set) => set.buildIds);
    expect(await sets(SETS_QUEUE, { kind: 'add-new-default', buildId: 'a' })).toEqual([['a']]);
    expect(await sets(SETS_QUEUE, { kind: 'add-new-default', buildId: 'b' })).toEqual([['a'], ['b']]);
    expect(await sets(SETS_QUEUE, { kind: 'add-new-compatible', buildId: 'a2', existing: 'a' })).toEqual([
      ['a', 'a2'],
      ['b'],
    ]);
    expect(await sets(SETS_QUEUE, { kind: 'promote-within-set', buildId: 'a' })).toEqual([['a2', 'a'], ['b']]);
    expect(await sets(SETS_QUEUE, { kind: 'promote-set', buildId: 'a2' })).toEqual([['b'], ['a2', 'a']]);
    const merged = await sets(SETS_QUEUE, { kind: 'merge-sets', primary: 'a', secondary: 'b' });
    expect(merged.map((set) => set.toSorted())).toEqual([['a', 'a2', 'b']]);
    expect(merged[0]?.at(-1)).toBe('a');
  });

  it('fails loudly where the server refuses', async () => {
    await expect(guide.client.updateSets(SETS_QUEUE, { kind: 'promote-set', buildId: 'nowhere' })).rejects.toThrow(
      /nowhere/,
    );
  });
});

describe('the guide’s workflow', () => {
  const stage = async (number: GuideStage, prefix: string, count: number): Promise<void> => {
    await using _worker = await guide.startWorker({
      taskQueue: STAGES_QUEUE,
      stage: number,
      buildId: `stage-${number}`,
    });
    await guide.client.startRuns(STAGES_QUEUE, prefix, count);
  };

  it('leaves open runs at each stage, which finish one at a time', async () => {
    await stage(1, 'initial', 2);
    await stage(2, 'patched', 2);
    await stage(3, 'deprecated', 1);
    await stage(4, 'complete', 1);
    const counts = await guide.client.count(STAGES_QUEUE);
    expect(counts).toMatchObject({
      openRuns: 6,
      closedRuns: 0,
      byPatch: [{ workflowType: 'MyWorkflow', patchId: 'my-patch', live: 2, deprecated: 1, withoutMarker: 3 }],
      byBuild: [1, 2, 3, 4].map((number) => ({
        taskQueue: STAGES_QUEUE,
        buildId: `stage-${number}`,
        openRuns: number <= 2 ? 2 : 1,
      })),
    });
    await using _worker = await guide.startWorker({ taskQueue: STAGES_QUEUE, stage: 2, buildId: 'stage-2' });
    await guide.client.finishRun('initial-0');
    await guide.client.finishRun('patched-1');
    await guide.client.terminateRun('complete-0');
    const after = await guide.client.count(STAGES_QUEUE);
    expect(after).toMatchObject({ openRuns: 3, closedRuns: 3 });
    expect(after.byPatch).toEqual([
      { workflowType: 'MyWorkflow', patchId: 'my-patch', live: 1, deprecated: 1, withoutMarker: 1 },
    ]);
  });

  it('runs on the worker of the queue’s default set', async () => {
    const taskQueue = 'guide versioned';
    await guide.client.updateSets(taskQueue, { kind: 'add-new-default', buildId: 'deadbeef' });
    await using _worker = await guide.startWorker({ taskQueue, stage: 1, buildId: 'deadbeef', isVersioned: true });
    await using _stranger = await guide.startWorker({
      taskQueue,
      stage: 2,
      buildId: 'nobody-knows',
      isVersioned: true,
    });
    await guide.client.startRuns(taskQueue, 'versioned', 2);
    const { byBuild } = await guide.client.count(taskQueue);
    expect(byBuild).toEqual([{ taskQueue, buildId: 'deadbeef', openRuns: 2 }]);
  });
});
