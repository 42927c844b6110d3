import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunFacts, RunSummary } from '#lib/domain/census/types.ts';

/** What the reader knows of one run that the newest listing named. Times are epoch milliseconds. */
export interface BookEntry {
  readonly run: CensusRun;
  /** When the first listing that named the run began. */
  readonly firstListedMs: number;
  /** When a listing last said something else of the run than the one before: its history has grown. */
  readonly changedMs: number | null;
  /** When the newest reading of its history began, successful or not. */
  readonly triedMs: number | null;
}

/** The reader's whole state as plain data: run id → entry. A step takes a book and returns the next one. */
export type Book = ReadonlyMap<string, BookEntry>;

/** The interval in which one listing was read. */
export interface Listing {
  readonly fromMs: number;
  readonly toMs: number;
  /** False: it ended before all open runs were named. */
  readonly isWhole: boolean;
}

type Pages = readonly (readonly RunSummary[])[];

/**
 * The book after a finished listing: its runs, with what was known of them; facts of runs that left are dropped. A run named twice
 * counts once: pages are a moving window, not a transaction.
 */
export function replaceRuns(book: Book, pages: Pages, listing: Listing): Book {
  return withRuns(book, pages, listing, new Map());
}

/** The book with a part of a listing that still goes on: it adds runs and removes none. */
export function addRuns(book: Book, page: readonly RunSummary[], listing: Listing): Book {
  return withRuns(book, [page], listing, new Map(book));
}

function withRuns(book: Book, pages: Pages, listing: Listing, next: Map<string, BookEntry>): Book {
  for (const page of pages) for (const summary of page) next.set(summary.runId, listed(book, summary, listing));
  return next;
}

function listed(book: Book, summary: RunSummary, listing: Listing): BookEntry {
  const known = book.get(summary.runId);
  if (known === undefined) {
    const run = { summary, facts: null, factsReadMs: null };
    return { run, firstListedMs: listing.fromMs, changedMs: null, triedMs: null };
  }
  if (isSameSummary(known.run.summary, summary)) return known;
  return { ...known, run: { ...known.run, summary }, changedMs: listing.toMs };
}

function isSameSummary(left: RunSummary, right: RunSummary): boolean {
  return (
    left.taskQueue === right.taskQueue &&
    left.startTimeMs === right.startTimeMs &&
    left.closeTimeMs === right.closeTimeMs &&
    isSameList(left.buildIds, right.buildIds) &&
    isSameList(left.labels, right.labels)
  );
}

function isSameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

/** One finished attempt at a run's history. */
export interface Reading {
  readonly runId: string;
  /** When the reading began: the facts hold at least everything written before. */
  readonly beganMs: number;
  /** null: this run's history could not be read; what was known of it stays. */
  readonly facts: RunFacts | null;
}

/** Merges finished readings. A run that left the list meanwhile is not brought back. */
export function mergeReadings(book: Book, readings: readonly Reading[]): Book {
  const next = new Map(book);
  for (const { runId, beganMs, facts } of readings) {
    const known = next.get(runId);
    if (known === undefined) continue;
    const run = facts === null ? known.run : { ...known.run, facts, factsReadMs: beganMs };
    next.set(runId, { ...known, run, triedMs: beganMs });
  }
  return next;
}
