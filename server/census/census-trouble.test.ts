import { expect, test } from 'vitest';
import { PACE } from '#server/census/pace.ts';
import { openTestCensus, runs } from '#server/census/testing/test-census.ts';
import { CodedError } from '#server/errors.ts';

const unreachable = () => new CodedError('temporal-unreachable', 'Temporal does not answer.', 'Check the address.');
const limited = () => new CodedError('rate-limited', 'namespace rate limit exceeded', 'Wait.');

test('unreachable: the old picture stays with its time and says why; it goes on when Temporal is back', async () => {
  await using bench = await openTestCensus();
  const { clock, temporal, census } = bench;
  temporal.namespaces.set('shop', runs(3));
  const old = await clock.until(census.nextPass('shop'));
  temporal.before = () => {
    throw unreachable();
  };
  await clock.advance(60_000);
  const stale = census.snapshot('shop');
  expect(stale).toMatchObject({ trouble: 'Temporal does not answer. Check the address.', isListComplete: true });
  expect(stale.runs.length).toBe(3);
  expect(clock.now() - (stale.toMs ?? 0)).toBeGreaterThan(45_000);
  expect(stale.toMs).toBeGreaterThanOrEqual(old.toMs ?? 0);

  temporal.before = () => undefined;
  await clock.advance(PACE.retryCapMs);
  expect(census.snapshot('shop').trouble).toBeNull();
  expect(clock.now() - (census.snapshot('shop').toMs ?? 0)).toBeLessThanOrEqual(PACE.retryCapMs);
});

test('a connection that breaks once in a while is no trouble', async () => {
  await using bench = await openTestCensus();
  const { clock, temporal, census } = bench;
  temporal.namespaces.set('shop', runs(9));
  let count = 0;
  temporal.before = (method) => {
    if (method === 'listRuns' && ++count % 2 === 1) throw unreachable();
  };
  const picture = await clock.until(census.nextPass('shop'));
  expect(picture).toMatchObject({ trouble: null, historiesRead: 9 });
});

test('rate limited: slower, said so, every run still listed once', async () => {
  await using bench = await openTestCensus();
  const { clock, temporal, census, calls } = bench;
  temporal.namespaces.set('shop', runs(8));
  let refusals = 3;
  const troubles = new Set<string | null>();
  temporal.before = (method) => {
    troubles.add(census.snapshot('shop').trouble);
    if (method === 'listRuns' && refusals-- > 0) throw limited();
  };
  const picture = await clock.until(census.nextPass('shop'));
  expect(picture.runs.length).toBe(8);
  expect([...troubles].some((text) => text?.includes('limits the rate'))).toBe(true);
  expect(picture.trouble).toBeNull();
  const [first, second, third] = calls('listRuns').map((call) => call.atMs);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1_000);
  expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(1_000);
});

test('rate limited histories are read later, not lost', async () => {
  await using bench = await openTestCensus();
  const { clock, temporal, census } = bench;
  temporal.namespaces.set('shop', runs(40));
  temporal.runsPerPage = 100;
  let refusals = 25;
  temporal.before = (method) => {
    if (method === 'readHistory' && refusals-- > 0) throw limited();
  };
  const picture = await clock.until(census.nextPass('shop'));
  expect(picture).toMatchObject({ historiesRead: 40, trouble: null });
});

test('an unknown namespace is trouble with its name, and asked about seldom', async () => {
  await using bench = await openTestCensus();
  const { clock, temporal, census } = bench;
  await expect(clock.until(census.nextPass('nope'))).rejects.toMatchObject({ code: 'namespace-not-found' });
  expect(census.snapshot('nope').trouble).toContain('nope');
  temporal.calls.length = 0;
  await clock.advance(60_000);
  expect(temporal.calls.length).toBeLessThanOrEqual(4);
});

test('one history that cannot be read holds up no other, and stays unread', async () => {
  await using bench = await openTestCensus();
  const { clock, temporal, census } = bench;
  temporal.namespaces.set('shop', runs(6));
  temporal.before = (_method, _namespace, runId) => {
    if (runId === 'r3') throw new CodedError('response-too-large', 'Too large.', 'Raise the limit.');
  };
  const picture = await clock.until(census.nextPass('shop'));
  expect(picture).toMatchObject({ historiesRead: 5, trouble: null });
  expect(picture.runs.find((run) => run.facts === null)?.summary.runId).toBe('r3');
});

test('a store that fails does not stop the reading', async () => {
  await using bench = await openTestCensus();
  const { clock, temporal, store, census } = bench;
  temporal.namespaces.set('shop', runs(2));
  await store.close();
  expect((await clock.until(census.nextPass('shop'))).historiesRead).toBe(2);
});

test('who leaves stops waiting; who stays still gets the picture', async () => {
  await using bench = await openTestCensus();
  const { clock, temporal, census } = bench;
  temporal.namespaces.set('shop', runs(4));
  const leaving = new AbortController();
  const left = census.nextPass('shop', leaving.signal);
  const stayed = census.nextPass('shop');
  leaving.abort();
  await expect(left).rejects.toMatchObject({ code: 'aborted' });
  expect((await clock.until(stayed)).historiesRead).toBe(4);
});

test('stop ends calls, waiters and timers', async () => {
  await using bench = await openTestCensus();
  const { clock, temporal, census } = bench;
  temporal.namespaces.set('shop', runs(50));
  temporal.latencyMs = 100;
  const waiting = census.nextPass('shop');
  waiting.catch(() => undefined);
  await clock.advance(250);
  await census.stop();
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  await expect(census.nextPass('shop')).rejects.toMatchObject({ code: 'aborted' });
  temporal.calls.length = 0;
  await clock.advance(60_000);
  expect(temporal.calls).toEqual([]);
});

test('names typed at random do not fill the memory: beyond a bound there is no reader, and it says so', async () => {
  await using bench = await openTestCensus();
  const { census, clock, temporal } = bench;
  for (let i = 0; i < PACE.readersMax; i++) census.snapshot(`typo-${i}`);
  expect(census.snapshot('one-more').trouble).toContain('namespaces are being read');
  await expect(census.nextPass('one-more')).rejects.toMatchObject({ code: 'rate-limited' });
  await clock.advance(1_000);
  expect(temporal.calls.some((call) => call.namespace === 'one-more')).toBe(false);
});
