import { setTimeout as delay } from 'node:timers/promises';

/** Passing of time, so that tests own it. Unlike the wall clock it never goes back. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  readonly elapsedMs: () => number;
  /** Rejects with the signal's reason when it is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export const systemClock: Clock = {
  elapsedMs: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
};
