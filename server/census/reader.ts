import { createInterner } from '#lib/domain/census/intern.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import { abortedError } from '#server/census/aborted-error.ts';
import { historyLoop } from '#server/census/history-loop.ts';
import { listingLoop } from '#server/census/listing-loop.ts';
import { PACE } from '#server/census/pace.ts';
import { createPicture } from '#server/census/picture.ts';
import { createRateBudget, type RateBudget } from '#server/census/rate-budget.ts';
import type { ReaderDeps, ReaderState } from '#server/census/reader-state.ts';
import { createSeenRecorder } from '#server/census/remember-seen.ts';
import { createWaiters } from '#server/census/waiters.ts';
import { createWakeUp } from '#server/census/wake-up.ts';

export interface Reader {
  /** The newest picture. Asking keeps the reader alive, and starts it again when it had ended. */
  readonly ask: () => CensusSnapshot;
  readonly nextPass: (signal?: AbortSignal) => Promise<CensusSnapshot>;
  readonly isRunning: () => boolean;
  readonly lastAskedMs: () => number;
  /** Runs in its picture. */
  readonly size: () => number;
  readonly stop: () => Promise<void>;
}

/** The background reader of one namespace: one loop lists the open runs, the other reads their histories. */
export function createReader(deps: ReaderDeps, namespace: string, visibility: RateBudget): Reader {
  const { clock, log, now, store } = deps;
  const stopped = new AbortController();
  const { signal } = stopped;
  const waiters = createWaiters();
  let lastAskedMs = clock.elapsedMs();
  let listingsBegun = 0;
  /** False when one loop ended by itself: the other then ends too. */
  let isHealthy = true;
  let running: Promise<void> | null = null;
  let remembering: Promise<void> | null = null;
  /** Revision of the picture that the store knows; pictures begin at 0, with nothing to tell. */
  let toldRevision = 0;
  const record = createSeenRecorder(store);

  const state: ReaderState = {
    ...deps,
    namespace,
    visibility,
    historyBudget: createRateBudget(deps.historiesPerSecond, clock, signal),
    waiters,
    interner: createInterner(),
    listingWake: createWakeUp(clock, signal),
    historyWake: createWakeUp(clock, signal),
    picture: createPicture(namespace, () => {
      waiters.settle(state.picture.book(), state.picture.snapshot());
      remembering ??= remember();
    }),
    signal,
    isWanted: () =>
      isHealthy && !signal.aborted && (waiters.count() > 0 || clock.elapsedMs() - lastAskedMs < PACE.idleMs),
    beginListing: () => ++listingsBegun,
  };

  /** The store's failure is no reason to stop reading; the next picture tries again. */
  async function remember(): Promise<void> {
    await tellStore();
    await clock.sleep(PACE.rememberEveryMs, signal).catch(() => undefined);
    remembering = null;
  }

  async function tellStore(): Promise<void> {
    const snapshot = state.picture.snapshot();
    if (snapshot.revision === toldRevision) return;
    try {
      await record(snapshot, now());
      toldRevision = snapshot.revision;
    } catch (error) {
      log.warn({ namespace, err: error }, 'what was seen could not be remembered');
    }
  }

  async function live(): Promise<void> {
    do {
      let isListing = true;
      const listing = listingLoop(state).finally(() => {
        isListing = false;
        state.historyWake.wake();
      });
      const histories = historyLoop(state, () => isListing).finally(() => {
        isHealthy = false;
        state.listingWake.wake();
      });
      const ends = await Promise.allSettled([listing, histories]);
      const defect = ends.find((end) => end.status === 'rejected');
      if (defect && !signal.aborted) {
        log.error({ namespace, err: defect.reason as unknown }, 'a reader ended by a defect and begins again');
        await clock.sleep(PACE.retryCapMs, signal).catch(() => undefined);
      }
      isHealthy = true;
    } while (state.isWanted());
    running = null;
  }

  function ask(): CensusSnapshot {
    lastAskedMs = clock.elapsedMs();
    if (!signal.aborted) running ??= live();
    return state.picture.snapshot();
  }

  return {
    ask,
    nextPass: (waitSignal) => {
      if (signal.aborted) return Promise.reject(abortedError());
      const pass = waiters.add(listingsBegun, waitSignal);
      if (running !== null) state.listingWake.wake();
      ask();
      return pass;
    },
    isRunning: () => running !== null,
    lastAskedMs: () => lastAskedMs,
    size: () => state.picture.book().size,
    stop: async () => {
      stopped.abort();
      waiters.fail(abortedError());
      await Promise.all([running, remembering]);
      await tellStore();
    },
  };
}
