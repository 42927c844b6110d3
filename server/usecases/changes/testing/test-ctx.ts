import pino from 'pino';
import { emptySnapshot } from '#lib/domain/census/snapshot.ts';
import type { Config } from '#server/config/types.ts';
import { createMemoryStore } from '#server/store/testing/memory-store.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import { createLedger } from '#server/usecases/changes/ledger.ts';
import { CHANGE_TIMING, type ChangeTiming, type ClaimTiming } from '#server/usecases/changes/timing.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { createVerdictJobs } from '#server/usecases/verdict-jobs/verdict-jobs.ts';

const CONFIG: Config = {
  temporal: { address: '127.0.0.1:1', namespace: 'default', apiKey: null, tls: null, metadata: {} },
  host: '127.0.0.1',
  port: 3000,
  allowedHosts: [],
  readOnlyReason: null,
  storePath: ':memory:',
  isStoreExplicit: false,
  namespaces: [],
  visibilityPerSecond: 3,
  historiesPerSecond: 50,
  links: { temporalUi: null, commit: null },
  buildIdsIdentifyCode: [],
  patchCallbacks: [],
};

/** Queues that are held are asked for again at once, and what is given up is taken over soon. */
export const FAST_CLAIMS: ClaimTiming = { claimMs: 300, renewMs: 50, sweepMs: 5, queuePollMs: 5 };

/** A context around one Temporal port: an empty picture, an empty store in memory, a fresh ledger. */
export function testCtx(temporal: TemporalPort, over: Partial<Ctx> = {}): Ctx {
  const now = over.now ?? Date.now;
  const store = over.store ?? createMemoryStore();
  return {
    config: CONFIG,
    temporal,
    census: {
      snapshot: emptySnapshot,
      nextPass: async (namespace) => emptySnapshot(namespace),
      takeVisibility: async () => undefined,
      stop: async () => undefined,
    },
    store,
    changes: createLedger(store.record, { now, timing: FAST_CLAIMS }),
    verdicts: createVerdictJobs({ ask: () => Promise.reject(new Error('nothing is played')), now }),
    log: pino({ level: 'silent' }),
    now,
    actor: 'test',
    signal: new AbortController().signal,
    ...over,
  };
}

export function readOnly(reason: string): Config {
  return { ...CONFIG, readOnlyReason: reason };
}

/** The real order of things in milliseconds instead of seconds. */
export const FAST: ChangeTiming = {
  ...CHANGE_TIMING,
  readBackMs: 60,
  pollMs: 5,
  writeDeadlineMs: 80,
  landingGraceMs: 20,
  refreshMs: 60,
  refreshPollMs: 5,
  answerMs: 5_000,
  takeUpMs: 60,
  takeUpPollMs: 5,
};
