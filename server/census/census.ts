import { emptySnapshot } from '#lib/domain/census/snapshot.ts';
import { type Clock, systemClock } from '#server/census/clock.ts';
import { createGate } from '#server/census/gate.ts';
import { PACE } from '#server/census/pace.ts';
import type { Census } from '#server/census/port.ts';
import { createRateBudget, type RateBudget } from '#server/census/rate-budget.ts';
import { createReader, type Reader } from '#server/census/reader.ts';
import type { ReaderDeps } from '#server/census/reader-state.ts';
import type { Config } from '#server/config/types.ts';
import { CodedError } from '#server/errors.ts';

interface CensusDeps extends Pick<ReaderDeps, 'temporal' | 'store' | 'now' | 'log'> {
  readonly config: Pick<Config, 'visibilityPerSecond' | 'historiesPerSecond'>;
  /** Tests own time; otherwise the system's. */
  readonly clock?: Clock;
}

/** A visibility call that a use case makes is taken to last this long, in milliseconds; the budget then counts it for a second more. */
const VISIBILITY_CALL_MS = 250;

const TOO_MANY = `Over ${PACE.readersMax} namespaces are being read; this one has its turn when another is not asked for any more.`;

/** The process's readers, one per namespace that somebody asks for. Nothing is read before the first `snapshot`. */
export function createCensus({ config, clock = systemClock, ...rest }: CensusDeps): Census {
  const stopped = new AbortController();
  const readers = new Map<string, Reader>();
  const budgets = new Map<string, RateBudget>();
  const deps: ReaderDeps = {
    ...rest,
    historiesPerSecond: config.historiesPerSecond,
    clock,
    namespaces: createGate(PACE.namespacesAtOnce),
    histories: createGate(PACE.historiesInFlight),
  };

  function budgetOf(namespace: string): RateBudget {
    const known = budgets.get(namespace);
    if (known) return known;
    const budget = createRateBudget(config.visibilityPerSecond, clock, stopped.signal);
    budgets.set(namespace, budget);
    return budget;
  }

  /** null: too many namespaces are being read. */
  function readerOf(namespace: string): Reader | null {
    const known = readers.get(namespace);
    if (known) return known;
    forgetDormant(readers);
    if (readers.size >= PACE.readersMax) return null;
    const reader = createReader(deps, namespace, budgetOf(namespace));
    readers.set(namespace, reader);
    if (stopped.signal.aborted) void reader.stop();
    return reader;
  }

  return {
    snapshot: (namespace) => readerOf(namespace)?.ask() ?? { ...emptySnapshot(namespace), trouble: TOO_MANY },
    nextPass: async (namespace, signal) => {
      const reader = readerOf(namespace);
      if (reader === null) throw new CodedError('rate-limited', TOO_MANY, 'Try again in some minutes.');
      return reader.nextPass(signal);
    },
    takeVisibility: (namespace, signal) => budgetOf(namespace).take(VISIBILITY_CALL_MS, signal),
    stop: async () => {
      stopped.abort();
      await Promise.all(Array.from(readers.values(), (reader) => reader.stop()));
    },
  };
}

/** Drops pictures of ended readers, the longest unasked first, until what stays is within bounds. */
function forgetDormant(readers: Map<string, Reader>): void {
  const dormant = Array.from(readers).filter(([, reader]) => !reader.isRunning());
  dormant.sort(([, left], [, right]) => right.lastAskedMs() - left.lastAskedMs());
  let kept = 0;
  for (const [namespace, reader] of dormant) {
    // Each counts as one run more, so that many empty or unknown namespaces are bounded as well.
    kept += reader.size() + 1;
    if (kept > PACE.dormantRunsMax) readers.delete(namespace);
  }
}
