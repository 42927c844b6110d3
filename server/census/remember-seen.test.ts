import { describe, expect, test } from 'vitest';
import type { CensusRun, CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import { markerOf, runOf } from '#lib/domain/census/test-runs.ts';
import { createSeenRecorder } from '#server/census/remember-seen.ts';
import { addTask, close, fakeRun } from '#server/census/testing/fake-runs.ts';
import { openTestCensus } from '#server/census/testing/test-census.ts';
import type { PatchSample } from '#server/store/port.ts';
import { createMemoryStore } from '#server/store/testing/memory-store.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const NOON_MS = Date.UTC(2026, 10, 23, 12);
const patch = { kind: 'core', id: 'p' } as const;
const live = (runId: string, workflowType = 'Order') =>
  runOf({ runId, workflowType }, { markers: [markerOf({ ...patch, deprecated: false })] });

let revision = 0;
function pictureOf(
  runs: readonly CensusRun[],
  toMs: number | null,
  over: Partial<CensusSnapshot> = {},
): CensusSnapshot {
  revision += 1;
  const common = { namespace: 'shop', fromMs: toMs, toMs, revision, historiesRead: runs.length, trouble: null };
  return { ...common, runs, isListComplete: true, ...over };
}

describe('the hour of every patch and type', () => {
  test('has counts by what histories say', async () => {
    const store = createMemoryStore();
    const runs = [
      live('a'),
      live('b'),
      runOf({ runId: 'c' }, { markers: [markerOf({ ...patch, deprecated: true })] }),
      runOf({ runId: 'd', labels: ['only-a-label'] }, {}),
      runOf({ runId: 'e', workflowType: 'Go' }, { markers: [markerOf({ kind: 'version', id: 'p', version: -1 })] }),
      runOf({ runId: 'f', workflowType: 'Go' }, { markers: [markerOf({ kind: 'version', id: 'p', version: 2 })] }),
    ];
    await createSeenRecorder(store)(pictureOf(runs, NOON_MS + MINUTE_MS), NOON_MS + MINUTE_MS);
    const order = { ...patch, workflowType: 'Order', hourMs: NOON_MS, openRuns: 4, live: 2, deprecated: 1 };
    expect(await store.listSamples('shop', patch, 0)).toEqual([{ ...order, withoutMarker: 1, versions: {} }]);
    expect(await store.listSamples('shop', { kind: 'version', id: 'p' }, 0)).toMatchObject([
      { workflowType: 'Go', openRuns: 2, live: 0, withoutMarker: 0, versions: { '-1': 1, '2': 1 } },
    ]);
    expect(await store.listSamples('shop', { kind: 'core', id: 'only-a-label' }, 0)).toEqual([]);
  });

  test.each([
    ['a list with gaps', pictureOf([live('a')], NOON_MS, { isListComplete: false })],
    ['no finished listing', pictureOf([live('a')], null)],
    ['a type with a history that is not read', pictureOf([live('a'), runOf({ runId: 'b' }, null)], NOON_MS)],
  ])('is not written from %s', async (_what, picture) => {
    const store = createMemoryStore();
    await createSeenRecorder(store)(picture, NOON_MS);
    expect(await store.listSamples('shop', patch, 0)).toEqual([]);
    expect(await store.listPatches('shop')).toHaveLength(1);
  });

  test('is written for a type whose histories are read, whatever another lacks', async () => {
    const store = createMemoryStore();
    const runs = [live('a'), live('b', 'Refund'), runOf({ runId: 'c', workflowType: 'Refund' }, null)];
    await createSeenRecorder(store)(pictureOf(runs, NOON_MS), NOON_MS);
    expect((await store.listSamples('shop', patch, 0)).map((sample) => sample.workflowType)).toEqual(['Order']);
  });

  test('is replaced every five minutes at most, and at once when the hour changes', async () => {
    const { store, writes } = countingStore();
    const record = createSeenRecorder(store);
    const at = async (ms: number, runs: number) =>
      record(
        pictureOf(
          Array.from({ length: runs }, (_, index) => live(`r${index}`)),
          ms,
        ),
        ms,
      );
    await at(NOON_MS + 50 * MINUTE_MS, 1);
    await at(NOON_MS + 54 * MINUTE_MS, 2);
    expect(writes).toHaveLength(1);
    await at(NOON_MS + 55 * MINUTE_MS, 3);
    await at(NOON_MS + 59 * MINUTE_MS, 4);
    expect(writes).toHaveLength(2);
    await at(NOON_MS + 60 * MINUTE_MS, 5);
    expect((await store.listSamples('shop', patch, 0)).map(({ hourMs, live: count }) => [hourMs, count])).toEqual([
      [NOON_MS, 3],
      [NOON_MS + HOUR_MS, 5],
    ]);
  });

  test('belongs to the listing: a picture that does not advance writes nothing into later hours', async () => {
    const { store, writes } = countingStore();
    const record = createSeenRecorder(store);
    await record(pictureOf([live('a')], NOON_MS), NOON_MS);
    await record(pictureOf([live('a')], NOON_MS, { trouble: 'Temporal is away.' }), NOON_MS + 2 * HOUR_MS);
    expect(writes.map((samples) => samples[0]?.hourMs)).toEqual([NOON_MS]);
  });

  test('says zero when the last run is gone, for as long as the past is kept', async () => {
    const store = createMemoryStore();
    const record = createSeenRecorder(store);
    await record(pictureOf([live('a')], NOON_MS), NOON_MS);
    const later = NOON_MS + 90 * 24 * HOUR_MS;
    await record(pictureOf([], later), later);
    await record(pictureOf([], later + HOUR_MS), later + HOUR_MS);
    expect((await store.listSamples('shop', patch, 0)).map(({ hourMs, openRuns }) => [hourMs, openRuns])).toEqual([
      [NOON_MS, 1],
      [later, 0],
    ]);
  });
});

test('a census writes the samples of what it read, hour after hour', async () => {
  await using bench = await openTestCensus();
  const { clock, temporal, store, census } = bench;
  const [first, second] = [fakeRun('a', { patches: ['p'] }), fakeRun('b')];
  temporal.namespaces.set('shop', [first, second]);
  const began = Math.floor(clock.now() / HOUR_MS) * HOUR_MS;
  for (let minutes = 0; minutes < 70; minutes += 5) {
    if (minutes === 20) addTask(second, ['p']);
    if (minutes === 60) close(first);
    await clock.until(census.nextPass('shop'));
    await clock.advance(5 * MINUTE_MS);
  }
  const samples = await store.listSamples('shop', patch, 0);
  expect(samples.map(({ hourMs, openRuns, live: count }) => [hourMs, openRuns, count])).toEqual([
    [began, 2, 2],
    [began + HOUR_MS, 1, 1],
  ]);
});

function countingStore() {
  const store = createMemoryStore();
  const writes: (readonly PatchSample[])[] = [];
  const addSamples: typeof store.addSamples = (namespace, samples, atMs) => {
    writes.push(samples);
    return store.addSamples(namespace, samples, atMs);
  };
  return { store: { ...store, addSamples }, writes };
}
