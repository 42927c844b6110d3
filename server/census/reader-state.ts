import type { Logger } from 'pino';
import type { Interner } from '#lib/domain/census/intern.ts';
import type { Clock } from '#server/census/clock.ts';
import type { Gate } from '#server/census/gate.ts';
import type { Picture } from '#server/census/picture.ts';
import type { RateBudget } from '#server/census/rate-budget.ts';
import type { Waiters } from '#server/census/waiters.ts';
import type { WakeUp } from '#server/census/wake-up.ts';
import type { Store } from '#server/store/port.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

/** What one process's readers share. */
export interface ReaderDeps {
  readonly temporal: TemporalPort;
  readonly store: Store;
  readonly log: Logger;
  /** Wall clock, epoch ms: the times that pictures carry. */
  readonly now: () => number;
  readonly historiesPerSecond: number;
  readonly clock: Clock;
  /** Bounds the namespaces that are read at one moment. */
  readonly namespaces: Gate;
  /** Bounds the histories under way in the process. */
  readonly histories: Gate;
}

/** What the two loops of one namespace's reader work on. */
export interface ReaderState extends ReaderDeps {
  readonly namespace: string;
  readonly visibility: RateBudget;
  readonly historyBudget: RateBudget;
  readonly picture: Picture;
  readonly interner: Interner;
  readonly waiters: Waiters;
  readonly listingWake: WakeUp;
  readonly historyWake: WakeUp;
  /** Aborted when the process ends. */
  readonly signal: AbortSignal;
  /** False when nobody asked for a long time. */
  readonly isWanted: () => boolean;
  /** @returns the number of the listing that begins now, from 1 */
  readonly beginListing: () => number;
}
