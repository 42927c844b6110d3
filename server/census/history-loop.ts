import type { BookEntry, Reading } from '#lib/domain/census/book.ts';
import { planReadings } from '#lib/domain/census/plan-readings.ts';
import { shareFacts } from '#lib/domain/census/share-facts.ts';
import { PACE, refreshAfterMs } from '#server/census/pace.ts';
import { readRunFacts } from '#server/census/read-run-facts.ts';
import type { ReaderState } from '#server/census/reader-state.ts';
import { failurePauseMs, isServiceWide, toCoded, troubleText } from '#server/census/trouble.ts';
import type { CodedError } from '#server/errors.ts';

/** Reads histories in slices of about a second, the longest unread first, and sleeps until a listing finds more to read. */
export async function historyLoop(state: ReaderState, isListing: () => boolean): Promise<void> {
  let failures = 0;
  while (isListing()) {
    const due = nextSlice(state);
    if (due.length === 0) {
      await state.historyWake.wait(Infinity);
      continue;
    }
    const { readings, trouble } = await state.namespaces.run(() => readSlice(state, due));
    state.signal.throwIfAborted();
    failures = trouble === null ? 0 : failures + 1;
    state.picture.setTrouble('histories', trouble && troubleText(trouble, state.historyBudget.perSecond()));
    state.picture.applyReadings(readings);
    if (trouble === null) continue;
    if (trouble.code !== 'rate-limited') state.waiters.fail(trouble);
    await state.clock.sleep(failurePauseMs(trouble, failures), state.signal);
  }
}

function nextSlice({ picture, waiters, now, historiesPerSecond }: ReaderState): readonly BookEntry[] {
  const book = picture.book();
  return planReadings(book, {
    nowMs: now(),
    refreshMs: refreshAfterMs(book.size, historiesPerSecond),
    sinceMs: waiters.sinceMs(),
    limit: Math.max(PACE.historiesInFlight, Math.ceil(historiesPerSecond)),
  });
}

interface Slice {
  readonly readings: readonly Reading[];
  /** The newest failure that is not one run's own. */
  readonly trouble: CodedError | null;
}

async function readSlice(state: ReaderState, due: readonly BookEntry[]): Promise<Slice> {
  const { histories, historyBudget, interner } = state;
  const deps = { ...state, budget: historyBudget };
  let trouble: CodedError | null = null;
  const readings: Reading[] = [];
  const readOne = async (entry: BookEntry) => {
    // After the first failure of the whole service the rest of the slice would only fail the same way.
    if (trouble !== null) return;
    const beganMs = state.now();
    const { summary, facts: known } = entry.run;
    const { runId } = summary;
    try {
      const facts = await readRunFacts(deps, summary, known);
      readings.push({ runId, beganMs, facts: shareFacts(facts, summary, interner) });
    } catch (error) {
      const coded = toCoded(error);
      if (coded.code === 'rate-limited') historyBudget.slowDown();
      if (isServiceWide(coded)) trouble = coded;
      else readings.push({ runId, beganMs, facts: null });
    }
  };
  await Promise.all(due.map((entry) => histories.run(() => readOne(entry))));
  return { readings, trouble };
}
