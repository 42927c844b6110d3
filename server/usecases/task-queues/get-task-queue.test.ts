import { beforeEach, describe, expect, it } from 'vitest';
import { taskQueueSchema } from '#lib/api/task-queues/schemas.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import { CodedError } from '#server/errors.ts';
import { createFakeTemporal, type FakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { getTaskQueue } from '#server/usecases/task-queues/get-task-queue.ts';
import type { Ctx } from '#server/usecases/context.ts';

const input = { namespace: 'ns', name: 'q' };
let fake: FakeTemporal;
let ctx: Ctx;

beforeEach(() => {
  fake = createFakeTemporal();
  ctx = testCtx(fake.port);
});

function run(...buildIds: string[]): RunSummary {
  return {
    workflowId: 'w',
    runId: 'r',
    workflowType: 't',
    taskQueue: 'q',
    startTimeMs: Date.UTC(2026, 0, 1),
    closeTimeMs: null,
    labels: [],
    buildIds,
  };
}

function poller(identity: string, buildId: string | null, over: Partial<Poller> = {}): Poller {
  return {
    identity,
    buildId,
    taskKind: 'workflow',
    lastPollMs: Date.UTC(2026, 0, 2),
    useVersioning: true,
    deploymentVersion: null,
    ...over,
  };
}

/** A finished listing of these runs. */
function listed(...runs: RunSummary[]): Ctx {
  const snapshot: CensusSnapshot = {
    namespace: 'ns',
    fromMs: 1,
    toMs: 2,
    revision: 1,
    runs: runs.map((summary) => ({ summary, facts: null, factsReadMs: null })),
    isListComplete: true,
    historiesRead: 0,
    trouble: null,
  };
  return { ...ctx, census: { ...ctx.census, snapshot: () => snapshot } };
}

function storySets(): void {
  const sets = fake.sets('q');
  sets.apply({ kind: 'add-new-default', buildId: 'deadbeef' });
  sets.apply({
    kind: 'add-new-compatible',
    newBuildId: 'deadbeef.1',
    existingBuildId: 'deadbeef',
    asQueueDefault: false,
  });
  sets.apply({ kind: 'add-new-default', buildId: 'cafe' });
}

describe('getTaskQueue', () => {
  it('gives sets queue default first, counts from the picture without a call, and workers by identity', async () => {
    storySets();
    fake.pollers.push(
      poller('w1', 'cafe'),
      poller('w1', 'cafe', { taskKind: 'activity', lastPollMs: Date.UTC(2026, 0, 3) }),
      poller('w2', 'stranger'),
      poller('w3', 'plain', { useVersioning: false }),
      poller('w4', 'v1', { deploymentVersion: 'd.v1' }),
    );
    const queue = await getTaskQueue(
      listed(
        run('versioned:deadbeef', 'versioned:deadbeef.1'),
        run('versioned:cafe'),
        run('unversioned', 'unversioned:p'),
      ),
      input,
    );
    expect(taskQueueSchema.parse(queue)).toMatchObject({
      family: 'on',
      versionSets: [
        {
          isQueueDefault: true,
          openRuns: 1,
          buildIds: [{ buildId: 'cafe', isSetDefault: true, pollers: 1, lastPollAt: '2026-01-03T00:00:00.000Z' }],
        },
        {
          isQueueDefault: false,
          openRuns: 1,
          buildIds: [
            {
              buildId: 'deadbeef',
              isSetDefault: false,
              openRunsTouched: 1,
              oldestOpenStart: '2026-01-01T00:00:00.000Z',
            },
            { buildId: 'deadbeef.1', isSetDefault: true, openRunsTouched: 1, pollers: 0, lastPollAt: null },
          ],
        },
      ],
      unversioned: { openRuns: 1, pollers: 1, unregistered: [{ identity: 'w2', buildId: 'stranger' }] },
    });
    expect(fake.queries).toEqual([]);
  });

  it('counts sets by calls until the picture stands, one place of the budget each', async () => {
    storySets();
    let taken = 0;
    ctx = { ...ctx, census: { ...ctx.census, takeVisibility: async () => void (taken += 1) } };
    fake.countRuns = (query) => (query.includes('cafe') ? 7 : 2);
    const { versionSets, unversioned } = await getTaskQueue(ctx, input);
    expect(versionSets.map((set) => set.openRuns)).toEqual([7, 2]);
    expect(versionSets.map((set) => set.buildIds.map((build) => build.openRunsTouched))).toEqual([[7], [null, null]]);
    expect(unversioned.openRuns).toBe(2);
    expect(taken).toBe(3);
    expect(fake.queries).toContain(
      "TaskQueue = 'q' AND CloseTime IS NULL AND BuildIds IN ('versioned:deadbeef', 'versioned:deadbeef.1')",
    );
  });

  it('quotes names, and asks for none that the filter cannot name: their counts are unknown, not a false 0', async () => {
    fake.sets("it's").apply({ kind: 'add-new-default', buildId: 'plain' });
    fake.sets("it's").apply({ kind: 'add-new-default', buildId: String.raw`back\slash` });
    const { versionSets } = await getTaskQueue(ctx, { ...input, name: "it's" });
    expect(fake.queries).toContain("TaskQueue = 'it''s' AND CloseTime IS NULL AND BuildIds IN ('versioned:plain')");
    expect(versionSets.map((set) => set.openRuns)).toEqual([null, expect.any(Number)]);
    expect(fake.queries.filter((query) => query.includes('slash'))).toEqual([]);
  });

  it('leaves a count that fails unknown instead of failing or saying 0', async () => {
    storySets();
    fake.countRuns = () => {
      throw new CodedError('rate-limited', 'too many', '');
    };
    const { versionSets, unversioned } = await getTaskQueue(ctx, input);
    expect([...versionSets.map((set) => set.openRuns), unversioned.openRuns]).toEqual([null, null, null]);
  });

  it('still answers where the API family is off', async () => {
    fake.readFailure = new CodedError('family-off', 'off', '');
    fake.pollers.push(poller('w3', 'plain', { useVersioning: false }));
    expect(await getTaskQueue(ctx, input)).toMatchObject({
      family: 'off',
      versionSets: [],
      unversioned: { pollers: 1 },
    });
  });

  it('remembers a queue opened by name, but not one where nothing is', async () => {
    const names: string[] = [];
    const store = {
      ...ctx.store,
      rememberTaskQueues: async (_: string, seen: Iterable<string>) => void names.push(...seen),
    };
    storySets();
    await getTaskQueue({ ...ctx, store }, input);
    await getTaskQueue({ ...ctx, store }, { ...input, name: 'mistyped' });
    expect(names).toEqual(['q']);
  });

  it('gives equal digests to equal sets only', async () => {
    storySets();
    const { digest } = await getTaskQueue(ctx, input);
    expect((await getTaskQueue(ctx, input)).digest).toBe(digest);
    expect(digest).toMatch(/^v1:[0-9a-f]{64}$/);
    fake.sets('q').apply({ kind: 'promote-within-set', buildId: 'deadbeef' });
    expect((await getTaskQueue(ctx, input)).digest).not.toBe(digest);
  });
});
