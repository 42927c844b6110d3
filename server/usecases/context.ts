import type { Logger } from 'pino';
import type { Census } from '#server/census/port.ts';
import type { Config } from '#server/config/types.ts';
import type { Store } from '#server/store/port.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import type { ChangeLedger } from '#server/usecases/changes/ledger.ts';
import type { VerdictJobs } from '#server/usecases/verdict-jobs/verdict-jobs.ts';

/** What every use case gets: `(ctx, input) → result`. Time is an argument, so tests own it. */
export interface Ctx {
  readonly config: Config;
  readonly temporal: TemporalPort;
  readonly store: Store;
  readonly census: Census;
  readonly changes: ChangeLedger;
  readonly verdicts: VerdictJobs;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Who asks; unauthenticated until sign-in exists, e.g. `browser` or `cli:alice`. */
  readonly actor: string;
  readonly signal: AbortSignal;
}
