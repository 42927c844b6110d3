import type { Clock } from '#server/census/clock.ts';

/** Time that passes only when a test says so. */
export interface TestClock extends Clock {
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** Lets `ms` pass, waking every sleeper at its moment, in order. */
  readonly advance: (ms: number) => Promise<void>;
  /** Lets time pass until the promise settles. Fails after an hour of test time. */
  readonly until: <T>(promise: Promise<T>) => Promise<T>;
}

const START_MS = Date.UTC(2026, 10, 23, 20);
const HOUR_MS = 3_600_000;

export function createTestClock(): TestClock {
  let elapsedMs = 0;
  const sleepers = new Set<{ readonly atMs: number; readonly wake: () => void }>();

  function next(): { readonly atMs: number; readonly wake: () => void } | undefined {
    return [...sleepers].sort((left, right) => left.atMs - right.atMs)[0];
  }

  /** Wakes the next sleeper, if it sleeps no longer than `toMs`. */
  function step(toMs: number): boolean {
    const sleeper = next();
    if (sleeper === undefined || sleeper.atMs > toMs) return false;
    elapsedMs = Math.max(elapsedMs, sleeper.atMs);
    sleeper.wake();
    return true;
  }

  return {
    now: () => START_MS + elapsedMs,
    elapsedMs: () => elapsedMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason as Error);
        const leave = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error);
        };
        const sleeper = {
          atMs: elapsedMs + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', leave);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', leave, { once: true });
      }),
    advance: async (ms) => {
      const toMs = elapsedMs + ms;
      do await quiet();
      while (step(toMs));
      elapsedMs = toMs;
      await quiet();
    },
    until: async (promise) => {
      const state = { isSettled: false };
      const settled = promise.finally(() => {
        state.isSettled = true;
      });
      settled.catch(() => undefined);
      const giveUpMs = elapsedMs + HOUR_MS;
      do await quiet();
      while (!state.isSettled && step(giveUpMs));
      if (!state.isSettled) throw new Error('what the test waits for never came');
      return settled;
    },
  };
}

/** Until every promise that can go on has gone on. */
async function quiet(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}
