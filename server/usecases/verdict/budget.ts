import { systemClock } from '#server/census/clock.ts';
import { createRateBudget, type RateBudget } from '#server/census/rate-budget.ts';
import { CodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** What one question may spend, over all its namespaces. */
export interface Limits {
  readonly timeoutMs: number;
  readonly maxHistories: number;
}

/** A running budget. Spent is no failure: what was not read stays unknown. */
export interface Budget {
  /** Aborts when the time is over or the asker goes away. */
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
  /** True when one more history may be read; counts it. */
  readonly takeHistory: () => boolean;
  /** Visibility and history calls so far. */
  readonly calls: () => number;
  /** One visibility call, paid from the namespace's budget that everybody shares. null: the time was over. */
  readonly visibility: <T>(namespace: string, call: (signal: AbortSignal) => Promise<T>) => Promise<T | null>;
  /** The configured rate of history calls; each one made is counted. */
  readonly histories: RateBudget;
  /** Runs `work`; null when the time was over before it ended. The asker's own abort and every other failure are thrown. */
  readonly within: <T>(work: () => Promise<T>) => Promise<T | null>;
  /** What `within` makes of a failure, for thousands of calls that are not worth a promise more. */
  readonly endBy: (error: unknown) => null;
}

export function openBudget(ctx: Pick<Ctx, 'signal' | 'config' | 'census'>, limits: Limits): Budget {
  const time = AbortSignal.timeout(limits.timeoutMs);
  const signal = AbortSignal.any([ctx.signal, time]);
  const histories = createRateBudget(ctx.config.historiesPerSecond, systemClock);
  let historiesLeft = limits.maxHistories;
  let calls = 0;

  function endBy(error: unknown): null {
    if (ctx.signal.aborted) throw stopped(error);
    // A call that the clock ended fails as aborted, whatever its own error says.
    if (time.aborted) return null;
    throw error;
  }

  async function within<T>(work: () => Promise<T>): Promise<T | null> {
    if (ctx.signal.aborted) throw stopped();
    if (time.aborted) return null;
    try {
      return await work();
    } catch (error) {
      return endBy(error);
    }
  }

  return {
    signal,
    isOver: () => time.aborted || ctx.signal.aborted,
    takeHistory: () => {
      if (historiesLeft === 0) return false;
      historiesLeft -= 1;
      return true;
    },
    calls: () => calls,
    visibility: (namespace, call) =>
      within(async () => {
        await ctx.census.takeVisibility(namespace, signal);
        calls += 1;
        return call(signal);
      }),
    histories: {
      ...histories,
      run: (call, stop) =>
        histories.run(() => {
          calls += 1;
          return call();
        }, stop),
    },
    within,
    endBy,
  };
}

function stopped(cause?: unknown): CodedError {
  return new CodedError('aborted', 'The question was stopped before it was answered.', 'Ask again.', { cause });
}
