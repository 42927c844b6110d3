import type { RunFacts, RunSummary } from '#lib/domain/census/types.ts';

/** One open run of the picture: what visibility said in the newest pass, and what its history said when it was read. */
export interface CensusRun {
  readonly summary: RunSummary;
  /** null: history not read yet. */
  readonly facts: RunFacts | null;
  /** When the history was last read to its end, epoch ms. */
  readonly factsReadMs: number | null;
}

/** An immutable picture of one namespace's open runs. Times are epoch milliseconds of the reading interval. */
export interface CensusSnapshot {
  readonly namespace: string;
  /** Interval of the newest finished listing; null before the first. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Grows with every published picture: a key for derived tallies. */
  readonly revision: number;
  readonly runs: readonly CensusRun[];
  readonly isListComplete: boolean;
  readonly historiesRead: number;
  /** Why the reader does not advance now, in one sentence with the next step; null when it does. */
  readonly trouble: string | null;
}

export function emptySnapshot(namespace: string): CensusSnapshot {
  return {
    namespace,
    fromMs: null,
    toMs: null,
    revision: 0,
    runs: [],
    isListComplete: false,
    historiesRead: 0,
    trouble: null,
  };
}
