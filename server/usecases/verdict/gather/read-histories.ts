import type { ErrorCode } from '#lib/api/shared/errors.ts';
import type { Interner } from '#lib/domain/census/intern.ts';
import { shareFacts } from '#lib/domain/census/share-facts.ts';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunFacts, RunSummary } from '#lib/domain/census/types.ts';
import { readRunFacts } from '#server/census/read-run-facts.ts';
import { isCodedError } from '#server/errors.ts';
import type { RememberedRun } from '#server/store/port.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { Budget } from '#server/usecases/verdict/budget.ts';
import { allEnded } from '#server/usecases/verdict/gather/all-ended.ts';

/** Histories under way at a time, where whole histories gain no more speed (measured: 960/s); the rate is the budget's. */
const READERS_MAX = 32;

/** Readings are kept in the store this many at a time: one commit each. */
const REMEMBER_AT = 500;

/** Events in a page of history, unless the server is told otherwise (`history.historyMaxPageSize`). */
const PAGE_EVENTS = 256;

/** Failures of one history that say nothing about the next one. All others end the question. */
const OF_ONE_HISTORY: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not-found',
  'deadline-exceeded',
  'response-too-large',
  'temporal-error',
  'rate-limited',
]);

export interface HistoryReader {
  /** Reads what is not read yet, in this order, until all are read, `isEnough` says so, or the budget is spent. */
  readonly read: (runs: readonly RunSummary[], options?: ReadOptions) => Promise<void>;
  readonly factsOf: (runId: string) => RunFacts | null;
  readonly isRead: (runId: string) => boolean;
  readonly unreadableRunIds: ReadonlySet<string>;
  readonly count: () => number;
  /** Hands what was read to the store. */
  readonly remember: () => Promise<void>;
}

export interface ReadOptions {
  /** Asked before each history. */
  readonly isEnough?: () => boolean;
  readonly onRead?: (run: CensusRun) => void;
  /** Readers at a time; few where the first answer may do. */
  readonly readers?: number;
}

interface ReaderDeps {
  readonly namespace: string;
  readonly interner: Interner;
  readonly budget: Budget;
  /** Called between histories; what it gives is waited for. */
  readonly between: () => Promise<void> | undefined;
}

/**
 * Reads each history once. What an earlier question or the census' store knows of a run is gone on from: only later events are
 * read, and of a closed run none.
 */
export function createHistoryReader(ctx: Ctx, { namespace, interner, budget, between }: ReaderDeps): HistoryReader {
  const known = new Map<string, RunFacts>();
  const unreadableRunIds = new Set<string>();
  let unsaved: RememberedRun[] = [];
  let saving: Promise<void> = Promise.resolve();
  const deps = { temporal: ctx.temporal, namespace, budget: budget.histories, signal: budget.signal };

  function save(): Promise<void> {
    const batch = unsaved;
    unsaved = [];
    // What is not remembered is read again next time: no reason to end the question.
    if (batch.length > 0) {
      saving = saving.then(() =>
        ctx.store.rememberRuns(namespace, batch).catch((error: unknown) => {
          ctx.log.warn({ namespace, err: error }, 'histories that were read could not be remembered');
        }),
      );
    }
    return saving;
  }

  async function readOne(summary: RunSummary, remembered: RunFacts | null): Promise<'tried' | 'over'> {
    const { runId } = summary;
    if (remembered?.isClosed === true) {
      known.set(runId, shareFacts(remembered, summary, interner));
      return 'tried';
    }
    const readMs = ctx.now();
    try {
      const facts = shareFacts(await readRunFacts(deps, summary, remembered), summary, interner);
      known.set(runId, facts);
      if (savesACall(facts)) unsaved.push({ runId, facts, readMs });
    } catch (error) {
      if (budget.isOver()) return budget.endBy(error) ?? 'over';
      if (!isCodedError(error) || !OF_ONE_HISTORY.has(error.code)) throw error;
      unreadableRunIds.add(runId);
    }
    return 'tried';
  }

  async function read(runs: readonly RunSummary[], options: ReadOptions = {}): Promise<void> {
    const { isEnough = () => false, onRead, readers = READERS_MAX } = options;
    const wanted = runs.filter(({ runId }) => !known.has(runId) && !unreadableRunIds.has(runId));
    if (wanted.length === 0) return;
    const remembered = await recall(ctx, namespace, wanted);
    const queue = wanted.values();
    let hasFailed = false;
    const reader = async () => {
      for (const summary of queue) {
        if (hasFailed || isEnough() || budget.isOver() || !budget.takeHistory()) return;
        const end = await readOne(summary, remembered.get(summary.runId)?.facts ?? null);
        if (end === 'over') return;
        const facts = onRead && known.get(summary.runId);
        if (facts !== undefined) onRead?.({ summary, facts, factsReadMs: ctx.now() });
        if (unsaved.length >= REMEMBER_AT) await save();
        const pause = between();
        if (pause !== undefined) await pause;
      }
    };
    const guarded = () =>
      reader().catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    await allEnded(Array.from({ length: Math.min(readers, wanted.length) }, guarded));
  }

  return {
    read,
    factsOf: (runId) => known.get(runId) ?? null,
    isRead: (runId) => known.has(runId) || unreadableRunIds.has(runId),
    unreadableRunIds,
    count: () => known.size,
    remember: save,
  };
}

/** The last page of an open run is read again whatever is known, and of ten thousand runs most have no other. */
function savesACall({ isClosed, lastEventId }: RunFacts): boolean {
  return isClosed || lastEventId > PAGE_EVENTS;
}

/** A store that fails costs reading, not the answer. */
async function recall(
  ctx: Ctx,
  namespace: string,
  runs: readonly RunSummary[],
): Promise<ReadonlyMap<string, RememberedRun>> {
  try {
    return await ctx.store.recallRuns(
      namespace,
      runs.map(({ runId }) => runId),
    );
  } catch (error) {
    ctx.log.warn({ namespace, err: error }, 'remembered histories could not be read');
    return new Map();
  }
}
