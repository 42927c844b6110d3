import type { Book, Listing } from '#lib/domain/census/book.ts';
import { isReadSince } from '#lib/domain/census/plan-readings.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import { abortedError } from '#server/census/aborted-error.ts';
import type { CodedError } from '#server/errors.ts';

/** Those who wait for a picture that is newer than their question. */
export interface Waiters {
  readonly count: () => number;
  /** @param afterListing number of listings begun before the question */
  readonly add: (afterListing: number, signal?: AbortSignal) => Promise<CensusSnapshot>;
  /** A listing ended: who asked before it began now waits for the histories of its runs. */
  readonly onListed: (listingNumber: number, listing: Listing) => void;
  /** Beginning of the newest listing that somebody still waits for; null: nobody waits for histories. */
  readonly sinceMs: () => number | null;
  readonly settle: (book: Book, snapshot: CensusSnapshot) => void;
  readonly fail: (error: CodedError) => void;
}

interface Waiter {
  readonly afterListing: number;
  sinceMs: number | null;
  readonly resolve: (snapshot: CensusSnapshot) => void;
  readonly reject: (error: CodedError) => void;
}

export function createWaiters(): Waiters {
  const waiting = new Set<Waiter>();
  return {
    count: () => waiting.size,
    add: (afterListing, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(abortedError());
        const leave = () => {
          waiting.delete(waiter);
          signal?.removeEventListener('abort', abort);
        };
        const abort = () => waiter.reject(abortedError());
        const waiter: Waiter = {
          afterListing,
          sinceMs: null,
          resolve: (snapshot) => {
            leave();
            resolve(snapshot);
          },
          reject: (error) => {
            leave();
            reject(error);
          },
        };
        signal?.addEventListener('abort', abort, { once: true });
        waiting.add(waiter);
      }),
    onListed: (listingNumber, listing) => {
      for (const waiter of waiting) {
        if (waiter.sinceMs === null && listingNumber > waiter.afterListing) waiter.sinceMs = listing.fromMs;
      }
    },
    sinceMs: () => {
      const times = Array.from(waiting, (waiter) => waiter.sinceMs).filter((time) => time !== null);
      return times.length === 0 ? null : Math.max(...times);
    },
    settle: (book, snapshot) => {
      for (const waiter of waiting) {
        if (waiter.sinceMs !== null && isReadSince(book, waiter.sinceMs)) waiter.resolve(snapshot);
      }
    },
    fail: (error) => {
      for (const waiter of waiting) waiter.reject(error);
    },
  };
}
