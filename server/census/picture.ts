import { addRuns, type Book, type Listing, mergeReadings, type Reading, replaceRuns } from '#lib/domain/census/book.ts';
import { publish } from '#lib/domain/census/publish.ts';
import { type CensusSnapshot, emptySnapshot } from '#lib/domain/census/snapshot.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';

type Part = 'listing' | 'histories';

/** One namespace's state: the book, and the newest picture made of it. Each change publishes a new immutable picture. */
export interface Picture {
  readonly book: () => Book;
  readonly snapshot: () => CensusSnapshot;
  /** One page of a first listing that is not whole yet: partial counts are better than none. */
  readonly addPart: (page: readonly RunSummary[], fromMs: number, toMs: number) => void;
  readonly applyListing: (pages: readonly (readonly RunSummary[])[], listing: Listing) => void;
  readonly applyReadings: (readings: readonly Reading[]) => void;
  readonly setTrouble: (part: Part, trouble: string | null) => void;
}

export function createPicture(namespace: string, onPublish: () => void): Picture {
  let book: Book = new Map();
  let listing: Listing | null = null;
  let snapshot = emptySnapshot(namespace);
  const troubles: Record<Part, string | null> = { listing: null, histories: null };

  function renew(): void {
    const trouble = troubles.listing ?? troubles.histories;
    snapshot = publish({ namespace, revision: snapshot.revision + 1, book, listing, trouble });
    onPublish();
  }

  return {
    book: () => book,
    snapshot: () => snapshot,
    addPart: (page, fromMs, toMs) => {
      book = addRuns(book, page, { fromMs, toMs, isWhole: false });
      renew();
    },
    applyListing: (pages, newest) => {
      book = replaceRuns(book, pages, newest);
      listing = newest;
      renew();
    },
    applyReadings: (readings) => {
      if (readings.length === 0) return;
      book = mergeReadings(book, readings);
      renew();
    },
    setTrouble: (part, trouble) => {
      if (troubles[part] === trouble) return;
      troubles[part] = trouble;
      renew();
    },
  };
}
