import { abortedError } from '#server/census/aborted-error.ts';
import type { Clock } from '#server/census/clock.ts';

/** A budget of calls per second to one namespace. Callers are served in the order in which they came. */
export interface RateBudget {
  /** Makes the call when there is room. The call counts from its start until a second after its end. */
  readonly run: <T>(call: () => Promise<T>, signal?: AbortSignal) => Promise<T>;
  /** Waits for room for a call that the caller then makes at once and that takes about `callMs`. */
  readonly take: (callMs: number, signal?: AbortSignal) => Promise<void>;
  /** Halves the rate; it comes back by itself (additive increase, multiplicative decrease). */
  readonly slowDown: () => void;
  /** Calls a second that are granted now. */
  readonly perSecond: () => number;
}

const WINDOW_MS = 1_000;
/** From a lowered rate back to the full one. */
const RECOVERY_MS = 60_000;
/** The rate never falls below this share of the full one, so that the end of a limit is noticed. */
const FLOOR_SHARE = 0.1;
/** Failures of calls that were under way together lower the rate once. */
const SLOW_DOWN_EVERY_MS = 1_000;

/**
 * At most `fullPerSecond` calls reach the server in any window of one second, however long each is on its way: a new one starts
 * only when, with it, no more than that many were under way at some moment of the last second. A bucket that refills would let
 * twice as many through, and one that counts starts only would be fooled by a slow connection.
 * @param stopped ends the budget's own timers
 */
export function createRateBudget(fullPerSecond: number, clock: Clock, stopped?: AbortSignal): RateBudget {
  const waiting: { start: () => void }[] = [];
  /** Ends of finished calls, oldest first, within the window. */
  const ends: number[] = [];
  let underWay = 0;
  let lowered = { toPerSecond: fullPerSecond, atMs: -Infinity };
  let isSleeping = false;

  function perSecond(): number {
    const gained = ((clock.elapsedMs() - lowered.atMs) / RECOVERY_MS) * fullPerSecond;
    return Math.min(fullPerSecond, lowered.toPerSecond + gained);
  }

  function slowDown(): void {
    const nowMs = clock.elapsedMs();
    if (nowMs - lowered.atMs < SLOW_DOWN_EVERY_MS) return;
    lowered = { toPerSecond: Math.max(fullPerSecond * FLOOR_SHARE, perSecond() / 2), atMs: nowMs };
  }

  /** 0: there is room now; Infinity: only the end of a call can make room. */
  function pauseMs(): number {
    const rate = perSecond();
    const places = Math.max(1, Math.floor(rate));
    const windowMs = rate < 1 ? WINDOW_MS / rate : WINDOW_MS;
    const nowMs = clock.elapsedMs();
    while (ends[0] !== undefined && ends[0] <= nowMs - windowMs) ends.shift();
    const taken = underWay + ends.length;
    if (taken < places) return 0;
    const freeing = ends[taken - places];
    return freeing === undefined ? Infinity : freeing + windowMs - nowMs;
  }

  function pump(): void {
    while (waiting.length > 0) {
      const pause = pauseMs();
      if (pause > 0) {
        if (pause !== Infinity && !isSleeping) void wakeAfter(pause);
        return;
      }
      underWay += 1;
      waiting.shift()?.start();
    }
  }

  async function wakeAfter(ms: number): Promise<void> {
    isSleeping = true;
    try {
      await clock.sleep(ms, stopped);
    } catch {
      return;
    }
    isSleeping = false;
    pump();
  }

  function end(): void {
    underWay -= 1;
    ends.push(clock.elapsedMs());
    pump();
  }

  /** undefined: there is room at once, as nearly always under a high rate; then there is nothing to leave. */
  function enter(signal?: AbortSignal): Promise<void> | undefined {
    if (waiting.length === 0 && signal?.aborted !== true && pauseMs() === 0) {
      underWay += 1;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(abortedError());
      const leave = () => {
        waiting.splice(waiting.indexOf(entry), 1);
        reject(abortedError());
      };
      const entry = {
        start: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push(entry);
      pump();
    });
  }

  return {
    perSecond,
    slowDown,
    run: async (call, signal) => {
      await enter(signal);
      try {
        return await call();
      } finally {
        end();
      }
    },
    take: async (callMs, signal) => {
      await enter(signal);
      void clock.sleep(callMs, stopped).then(end, end);
    },
  };
}
