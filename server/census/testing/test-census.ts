import pino from 'pino';
import { createCensus } from '#server/census/census.ts';
import type { Census } from '#server/census/port.ts';
import { fakeRun } from '#server/census/testing/fake-runs.ts';
import { createFakeTemporal, type FakeRun, type FakeTemporal } from '#server/census/testing/fake-temporal.ts';
import { createTestClock, type TestClock } from '#server/census/testing/test-clock.ts';
import type { Store } from '#server/store/port.ts';
import { createStore } from '#server/store/store.ts';

export interface TestCensus {
  readonly clock: TestClock;
  readonly temporal: FakeTemporal;
  readonly store: Store;
  readonly census: Census;
  readonly calls: (method: string) => FakeTemporal['calls'];
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** A census with the default budgets on a fake Temporal and a real store in memory, in a time that the test owns. */
export async function openTestCensus(): Promise<TestCensus> {
  const clock = createTestClock();
  const temporal = createFakeTemporal(clock);
  const store = await createStore(':memory:');
  const census = createCensus({
    temporal: temporal.port,
    store,
    config: { visibilityPerSecond: 3, historiesPerSecond: 50 },
    now: clock.now,
    log: pino({ level: 'silent' }),
    clock,
  });
  return {
    clock,
    temporal,
    store,
    census,
    calls: (method) => temporal.calls.filter((call) => call.method === method),
    [Symbol.asyncDispose]: async () => {
      await census.stop();
      await store.close();
    },
  };
}

/** Open runs `r0`, `r1` … that recorded the patch `p`. */
export function runs(count: number): FakeRun[] {
  return Array.from({ length: count }, (_, index) => fakeRun(`r${index}`, { patches: ['p'] }));
}
