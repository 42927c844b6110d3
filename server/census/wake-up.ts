import type { Clock } from '#server/census/clock.ts';

/** A sleep that others can cut short. */
export interface WakeUp {
  /** Resolves after `ms` (Infinity: only by `wake`). A wake that came since the last wait counts. Rejects when stopped. */
  readonly wait: (ms: number) => Promise<void>;
  readonly wake: () => void;
}

export function createWakeUp(clock: Clock, stopped: AbortSignal): WakeUp {
  let isDue = false;
  let ring: (() => void) | null = null;

  return {
    wake: () => {
      isDue = true;
      ring?.();
    },
    wait: async (ms) => {
      if (!isDue) {
        const rung = new AbortController();
        const bell = new Promise<void>((resolve) => {
          ring = resolve;
        });
        const end = AbortSignal.any([stopped, rung.signal]);
        const timer = ms === Infinity ? untilAborted(end) : clock.sleep(ms, end);
        try {
          await Promise.race([bell, timer]);
        } finally {
          ring = null;
          rung.abort();
          timer.catch(() => undefined);
        }
      }
      isDue = false;
      stopped.throwIfAborted();
    },
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    const leave = () => reject(signal.reason as Error);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}
