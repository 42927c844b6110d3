import { describe, expect, test } from 'vitest';
import { PACE } from '#server/census/pace.ts';
import { addTask, close, fakeRun } from '#server/census/testing/fake-runs.ts';
import { openTestCensus, runs } from '#server/census/testing/test-census.ts';

describe('reading', () => {
  test('nothing is asked before the first viewer; then pages and histories make one picture', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census, calls } = bench;
    temporal.namespaces.set('shop', runs(5));
    await clock.advance(60_000);
    expect(temporal.calls).toEqual([]);
    expect(census.snapshot('shop')).toMatchObject({ revision: 0, runs: [], fromMs: null, isListComplete: false });

    const from = clock.now();
    const picture = await clock.until(census.nextPass('shop'));
    expect(picture.runs.length).toBe(5);
    expect(picture).toMatchObject({ historiesRead: 5, isListComplete: true, trouble: null });
    expect(picture.runs.every((run) => run.facts?.markers[0]?.id === 'p')).toBe(true);
    expect(picture.fromMs).toBeGreaterThanOrEqual(from);
    expect(picture.toMs).toBeGreaterThanOrEqual(picture.fromMs ?? Infinity);
    // The listing that the first viewer began does not count for who asks for a picture from now on.
    expect(calls('listRuns').length).toBe(6);
  });

  test('one reader serves all viewers', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census } = bench;
    temporal.namespaces.set('shop', runs(2));
    await clock.until(Promise.all([census.nextPass('shop'), census.nextPass('shop')]));
    const before = temporal.calls.length;
    for (let i = 0; i < 500; i++) census.snapshot('shop');
    await clock.advance(100);
    expect(temporal.calls.length).toBe(before);
  });

  test('parts of a first long listing are shown, marked as such', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census } = bench;
    temporal.namespaces.set('shop', runs(20));
    census.snapshot('shop');
    await clock.advance(1_500);
    const part = census.snapshot('shop');
    expect(part.runs.length).toBeGreaterThan(0);
    expect(part.runs.length).toBeLessThan(20);
    expect(part).toMatchObject({ isListComplete: false, toMs: null });
  });

  test('a whole history is read once; afterwards only what it gained', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census, calls } = bench;
    const [first, second] = [fakeRun('a', { patches: ['p'] }), fakeRun('b')];
    for (let i = 0; i < 5; i++) addTask(first);
    temporal.namespaces.set('shop', [first, second]);
    await clock.until(census.nextPass('shop'));
    const whole = calls('readHistory').length;

    await clock.advance(1);
    addTask(second, ['q']);
    const picture = await clock.until(census.nextPass('shop'));
    expect(calls('readHistory').length).toBe(whole);
    const facts = new Map(picture.runs.map((run) => [run.summary.runId, run.facts]));
    expect(facts.get('a')?.markers.map((marker) => marker.id)).toEqual(['p']);
    expect(facts.get('b')?.markers.map((marker) => marker.id)).toEqual(['q']);
    expect(facts.get('b')?.lastEventId).toBe(second.events.length);
  });

  test('a run that gained more than a few pages is read anew, to the same facts', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census, calls } = bench;
    const run = fakeRun('a');
    temporal.namespaces.set('shop', [run]);
    await clock.until(census.nextPass('shop'));
    await clock.advance(1);
    for (let i = 0; i < 20; i++) addTask(run, [`patch-${i}`]);
    const picture = await clock.until(census.nextPass('shop'));
    expect(picture.runs[0]?.facts?.markers.length).toBe(20);
    expect(calls('readHistoryReverse').length).toBe(PACE.reversePagesMax);
  });

  test('runs that start appear, runs that close leave, also while visibility still names them', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census } = bench;
    const [stays, closes, hidden] = [fakeRun('stays'), fakeRun('closes'), fakeRun('lags')];
    temporal.namespaces.set('shop', [stays, closes, hidden]);
    await clock.until(census.nextPass('shop'));
    await clock.advance(1);
    temporal.namespaces.set('shop', [fakeRun('starts'), stays, hidden]);
    close(hidden);
    const picture = await clock.until(census.nextPass('shop'));
    expect(picture.runs.map((run) => run.summary.runId).toSorted()).toEqual(['starts', 'stays']);
  });

  test('a run whose labels change in a listing is read on at once, without anyone waiting', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census } = bench;
    const many = runs(3_000);
    temporal.runsPerPage = 1_000;
    temporal.namespaces.set('shop', many);
    await clock.until(census.nextPass('shop'));
    const grown = many[7];
    if (!grown) throw new Error('no run');
    addTask(grown, ['new']);
    grown.summary = { ...grown.summary, labels: ['new', 'p'] };
    await clock.advance(PACE.listEveryMs + 2_000);
    const run = census.snapshot('shop').runs.find((entry) => entry.summary.runId === 'r7');
    expect(run?.facts?.markers.map((marker) => marker.id)).toEqual(['p', 'new']);
  });
});

describe('cost', () => {
  test('never more visibility calls in a second than the budget, other callers included', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census, calls } = bench;
    temporal.latencyMs = 40;
    temporal.namespaces.set('shop', runs(60));
    const counted: number[] = [];
    const pass = census.nextPass('shop');
    const others = Array.from({ length: 10 }, async () => {
      await census.takeVisibility('shop');
      counted.push(clock.elapsedMs());
    });
    await clock.until(Promise.all([pass, ...others]));
    const times = [...calls('listRuns').map((call) => call.atMs), ...counted];
    expect(times.length).toBe(40);
    for (const from of times) {
      expect(times.filter((time) => time >= from && time < from + 1_000).length).toBeLessThanOrEqual(3);
    }
  });

  test('histories keep to their rate and to a bounded number under way', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census, calls } = bench;
    temporal.latencyMs = 3_000;
    temporal.runsPerPage = 1_000;
    temporal.namespaces.set('shop', runs(200));
    await clock.until(census.nextPass('shop'));
    expect(temporal.mostUnderWay).toBe(PACE.historiesInFlight);
    const times = calls('readHistory').map((call) => call.atMs);
    for (const from of times) {
      expect(times.filter((time) => time >= from && time < from + 1_000).length).toBeLessThanOrEqual(50);
    }
  });

  test('an idle census of a thousand runs costs little', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census, calls } = bench;
    temporal.runsPerPage = 1_000;
    temporal.eventsPerPage = 1_000;
    temporal.namespaces.set('shop', runs(1_000));
    await clock.until(census.nextPass('shop'));
    temporal.calls.length = 0;
    await clock.advance(100_000);
    expect(calls('listRuns').length).toBeLessThanOrEqual(10);
    const perSecond = calls('readHistoryReverse').length / 100;
    expect(perSecond).toBeLessThanOrEqual(50 * PACE.refreshShare + 1);
  });

  test('long listings pause longer: at most a third of the visibility budget', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census, calls } = bench;
    temporal.runsPerPage = 1;
    temporal.namespaces.set('shop', runs(60));
    await clock.until(census.nextPass('shop'));
    temporal.calls.length = 0;
    await clock.advance(600_000 - 1);
    expect(calls('listRuns').length / 600).toBeLessThanOrEqual(3 * PACE.listShare * 1.1);
  });

  test('a reader that nobody asks for ends, and a later viewer finds what it knew', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census, calls } = bench;
    temporal.namespaces.set('shop', runs(3));
    await clock.until(census.nextPass('shop'));
    await clock.advance(PACE.idleMs + PACE.listEveryMs);
    temporal.calls.length = 0;
    await clock.advance(PACE.idleMs);
    expect(temporal.calls).toEqual([]);

    expect(census.snapshot('shop').historiesRead).toBe(3);
    await clock.advance(PACE.listEveryMs);
    expect(calls('listRuns').length).toBeGreaterThan(0);
    expect(calls('readHistory').length).toBe(0);
  });

  test('namespaces are read independently, a few at a time', async () => {
    await using bench = await openTestCensus();
    const { clock, temporal, census } = bench;
    const names = Array.from({ length: 12 }, (_, index) => `ns-${index}`);
    for (const name of names) temporal.namespaces.set(name, runs(3));
    temporal.latencyMs = 50;
    let listing = 0;
    let most = 0;
    temporal.before = async (method) => {
      if (method !== 'listRuns') return;
      most = Math.max(most, ++listing);
      await clock.sleep(10);
      listing -= 1;
    };
    const pictures = await clock.until(Promise.all(names.map((name) => census.nextPass(name))));
    expect(pictures.every((picture) => picture.historiesRead === 3)).toBe(true);
    expect(most).toBeLessThanOrEqual(PACE.namespacesAtOnce);
  });
});

test('queues and recorded patches are remembered; labels alone are not', async () => {
  await using bench = await openTestCensus();
  const { clock, temporal, store, census } = bench;
  temporal.namespaces.set('shop', [fakeRun('a', { patches: ['recorded'], labels: ['recorded', 'announced'] })]);
  await clock.until(census.nextPass('shop'));
  await clock.advance(1);
  expect((await store.listTaskQueues('shop')).map((queue) => queue.name)).toEqual(['orders']);
  // The histories were read after the store was first told; the end of the readers tells the rest at once.
  await census.stop();
  expect((await store.listPatches('shop')).map((patch) => [patch.kind, patch.id, patch.workflowTypes])).toEqual([
    ['core', 'recorded', ['Order']],
  ]);
});
