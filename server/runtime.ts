import pino, { type Logger } from 'pino';
import type { Census } from '#server/census/port.ts';
import { createCensus } from '#server/census/census.ts';
import { loadConfig } from '#server/config/load.ts';
import type { Config } from '#server/config/types.ts';
import type { Store } from '#server/store/port.ts';
import { createStore } from '#server/store/store.ts';
import { createTemporal } from '#server/temporal/client.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import { type ChangeLedger, createLedger } from '#server/usecases/changes/ledger.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { askVerdict } from '#server/usecases/verdict/ask-verdict.ts';
import { createVerdictJobs, type VerdictJobs } from '#server/usecases/verdict-jobs/verdict-jobs.ts';

/** What lives as long as the process. One per process, on `globalThis`: Next evaluates server modules several times. */
export interface Runtime {
  readonly config: Config;
  readonly temporal: TemporalPort;
  readonly store: Store;
  readonly census: Census;
  readonly changes: ChangeLedger;
  readonly verdicts: VerdictJobs;
  readonly log: Logger;
  readonly stop: () => Promise<void>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Opens everything. Throws `ConfigError` for a bad setting and `CodedError` `store-unavailable` for the store. */
export async function openRuntime(env: Env, destination?: pino.DestinationStream): Promise<Runtime> {
  const config = await loadConfig(env);
  const log = createLogger(env, destination);
  const store = await createStore(config.storePath);
  const temporal = createTemporal(config.temporal);
  const census = createCensus({ temporal, store, config, log, now: Date.now });
  const changes = createLedger(store.record, { now: Date.now });
  const verdicts = createVerdictJobs({ ask: askVerdict, now: Date.now });
  return {
    config,
    temporal,
    store,
    census,
    changes,
    verdicts,
    log,
    stop: async () => {
      // Watches of changes and questions read through the channel, and write to the store: they end first.
      await Promise.all([changes.stop(), verdicts.stopAll()]);
      await census.stop();
      temporal.close();
      await store.close();
    },
  };
}

export function ctxOf(runtime: Runtime, actor: string, signal: AbortSignal): Ctx {
  const { config, temporal, store, census, changes, verdicts, log } = runtime;
  return { config, temporal, store, census, changes, verdicts, log, now: Date.now, actor, signal };
}

const HOLDER = Symbol.for('patchboard.runtime');
const DOWN = Symbol.for('patchboard.shutting-down');
interface Holder {
  [HOLDER]?: Promise<Runtime>;
  [DOWN]?: Promise<void>;
}

/** The served process's runtime; opened once, also when several callers come at the same time. */
export function servedRuntime(env: Env): Promise<Runtime> {
  const holder: typeof globalThis & Holder = globalThis;
  holder[HOLDER] ??= openRuntime(env).catch((error: unknown) => {
    // A later request may find the disk or the file mended.
    delete holder[HOLDER];
    throw error;
  });
  return holder[HOLDER];
}

/** Ends what was opened, once; from now on the process reports itself not ready. */
export function stopServedRuntime(): Promise<void> {
  const holder: typeof globalThis & Holder = globalThis;
  holder[DOWN] ??= Promise.resolve(holder[HOLDER]).then(
    (runtime) => runtime?.stop(),
    () => undefined,
  );
  return holder[DOWN];
}

export function isShuttingDown(): boolean {
  const holder: typeof globalThis & Holder = globalThis;
  return holder[DOWN] !== undefined;
}

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

function createLogger(env: Env, destination?: pino.DestinationStream): Logger {
  const wanted = env.PATCHBOARD_LOG ?? 'info';
  const options: pino.LoggerOptions = {
    level: LEVELS.includes(wanted) ? wanted : 'info',
    base: null,
    redact: ['*.apiKey', '*.authorization', '*.clientPrivateKey', 'apiKey', 'authorization'],
  };
  return destination ? pino(options, destination) : pino(options);
}
