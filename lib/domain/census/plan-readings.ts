import type { Book, BookEntry } from '#lib/domain/census/book.ts';

/**
 * A run not read yet goes before one that was read up to this long before it was first listed: new runs show their patches
 * soon, yet a namespace that starts runs faster than they can be read never starves the rest.
 */
export const UNREAD_HEAD_START_MS = 5 * 60_000;

export interface ReadingPlan {
  readonly nowMs: number;
  /** Age at which facts are read on. */
  readonly refreshMs: number;
  /** Someone waits for a picture in which every run listed by then was read since; null: nobody. */
  readonly sinceMs: number | null;
  readonly limit: number;
}

/** Which histories to read next, the longest unread first, at most `limit`. Closed runs have nothing to add. */
export function planReadings(book: Book, plan: ReadingPlan): readonly BookEntry[] {
  const due = Array.from(book.values()).filter((entry) => isDue(entry, plan));
  due.sort((left, right) => rank(left) - rank(right) || start(left) - start(right));
  return due.slice(0, plan.limit);
}

function isDue(entry: BookEntry, plan: ReadingPlan): boolean {
  const { triedMs, changedMs } = entry;
  if (entry.run.facts?.isClosed === true) return false;
  if (triedMs === null) return true;
  if (changedMs !== null && changedMs > triedMs) return true;
  return isAwaited(entry, plan.sinceMs) || plan.nowMs - triedMs >= plan.refreshMs;
}

/** True while a picture that is fresh since `sinceMs` still lacks this run. */
function isAwaited(entry: BookEntry, sinceMs: number | null): boolean {
  if (sinceMs === null || entry.firstListedMs > sinceMs) return false;
  return entry.triedMs === null || entry.triedMs < sinceMs;
}

/** Whether every run listed by `sinceMs` was read, or tried, since then. */
export function isReadSince(book: Book, sinceMs: number): boolean {
  return book.values().every((entry) => entry.run.facts?.isClosed === true || !isAwaited(entry, sinceMs));
}

function rank(entry: BookEntry): number {
  return entry.triedMs ?? entry.firstListedMs - UNREAD_HEAD_START_MS;
}

function start(entry: BookEntry): number {
  return entry.run.summary.startTimeMs;
}
