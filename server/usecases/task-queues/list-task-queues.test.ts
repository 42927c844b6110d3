import { expect, test } from 'vitest';
import { taskQueueListSchema } from '#lib/api/task-queues/schemas.ts';
import { type CensusSnapshot, emptySnapshot } from '#lib/domain/census/snapshot.ts';
import { runOf } from '#lib/domain/census/test-runs.ts';
import { createStore } from '#server/store/store.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { listTaskQueues } from '#server/usecases/task-queues/list-task-queues.ts';

const LISTED_MS = Date.UTC(2026, 10, 23, 20);

async function listed(picture: Partial<CensusSnapshot>) {
  const store = await createStore(':memory:');
  await store.rememberTaskQueues('shop', ['idle'], 1_000);
  const snapshot = { ...emptySnapshot('shop'), ...picture };
  const none = () => Promise.reject(new Error('not asked'));
  const census = { snapshot: () => snapshot, nextPass: none, takeVisibility: none, stop: none };
  const temporal = {
    ...createFakeTemporal().port,
    describeNamespace: async () => ({ name: 'shop', retentionMs: null }),
  };
  const ctx = testCtx(temporal, { store, census, now: () => LISTED_MS });
  try {
    return taskQueueListSchema.parse(await listTaskQueues(ctx, { namespace: 'shop', limit: 100 }));
  } finally {
    await store.close();
  }
}

const run = runOf({ startTimeMs: 3_000, buildIds: ['unversioned', 'unversioned:b'] }, null);

test('an idle queue does not vanish: after a finished listing it has no open run', async () => {
  const list = await listed({ runs: [run], fromMs: LISTED_MS - 9, toMs: LISTED_MS, isListComplete: true });
  expect(list.items).toEqual([
    {
      name: 'idle',
      openRuns: 0,
      builds: [],
      oldestOpenStart: null,
      firstSeen: '1970-01-01T00:00:01.000Z',
      lastSeen: '1970-01-01T00:00:01.000Z',
    },
    {
      name: 'orders',
      openRuns: 1,
      builds: [{ buildId: 'b', isVersioned: false, openRuns: 1, oldestOpenStart: '1970-01-01T00:00:03.000Z' }],
      oldestOpenStart: '1970-01-01T00:00:03.000Z',
      firstSeen: new Date(LISTED_MS).toISOString(),
      lastSeen: new Date(LISTED_MS).toISOString(),
    },
  ]);
});

test('before a listing is finished, no run seen is not zero', async () => {
  const list = await listed({ runs: [run] });
  expect(list.items.map((queue) => [queue.name, queue.openRuns])).toEqual([
    ['idle', null],
    ['orders', 1],
  ]);
  expect(list).toMatchObject({ asOf: null, picture: { isListComplete: false, runsListed: 1 } });
});
