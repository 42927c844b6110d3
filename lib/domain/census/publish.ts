import type { Book, Listing } from '#lib/domain/census/book.ts';
import type { CensusRun, CensusSnapshot } from '#lib/domain/census/snapshot.ts';

export interface Publication {
  readonly namespace: string;
  readonly revision: number;
  readonly book: Book;
  /** Newest finished listing; null before the first. */
  readonly listing: Listing | null;
  readonly trouble: string | null;
}

/** The book as viewers see it. A run whose history says that it closed is left out, though visibility may still name it. */
export function publish({ namespace, revision, book, listing, trouble }: Publication): CensusSnapshot {
  const runs: CensusRun[] = [];
  let historiesRead = 0;
  for (const { run } of book.values()) {
    if (run.facts?.isClosed === true) continue;
    runs.push(run);
    if (run.facts !== null) historiesRead++;
  }
  return {
    namespace,
    fromMs: listing?.fromMs ?? null,
    toMs: listing?.toMs ?? null,
    revision,
    runs,
    isListComplete: listing?.isWhole ?? false,
    historiesRead,
    trouble,
  };
}
