import { entryHash, FIRST_PREVIOUS } from '#server/store/record/hash-entry.ts';
import type { StoredRow } from '#server/store/record/stored-rows.ts';

/** An entry's number and hash. */
export interface ChainHead {
  readonly number: number;
  readonly hash: string;
}

/** As `record verify --head` takes it. */
export function headText({ number, hash }: ChainHead): string {
  return `${number}:${hash}`;
}

export type RecordProblemKind =
  /** The entry's fields do not give its hash. */
  | 'edited'
  /** The entry does not name the hash of the one before it. */
  | 'not-linked'
  | 'missing'
  /** A number that is never given. */
  | 'stray'
  /** The record does not say where it ends. */
  | 'end-unknown'
  /** The record says another end than its last entry. */
  | 'end-differs'
  /** The entry has another hash than the one kept elsewhere. */
  | 'head-differs'
  /** The entry whose hash was kept elsewhere is not there. */
  | 'head-missing'
  /** The tables are not there, or not as Patchboard made them. */
  | 'tables-changed';

export interface RecordProblem {
  readonly what: RecordProblemKind;
  /** Of the first and the last entry it is about; 0: of none. */
  readonly number: number;
  readonly lastNumber: number;
}

export interface ChainReport {
  readonly entries: number;
  /** The last entry; null: there is none. */
  readonly head: ChainHead | null;
  readonly problemCount: number;
  /** The first hundred. */
  readonly problems: readonly RecordProblem[];
}

const PROBLEMS_MAX = 100;

/**
 * Checks the numbers, the hashes and their chain, and the end.
 * @param rows by number
 * @param end what the record says of its end; null: nothing
 * @param kept a head of an earlier day that must be in the chain
 */
export function checkChain(rows: Iterable<StoredRow>, end: ChainHead | null, kept: ChainHead | null): ChainReport {
  const problems: RecordProblem[] = [];
  let problemCount = 0;
  const add = (what: RecordProblemKind, number: number, lastNumber = number) => {
    problemCount += 1;
    if (problems.length < PROBLEMS_MAX) problems.push({ what, number, lastNumber });
  };

  let entries = 0;
  let last: ChainHead = { number: 0, hash: FIRST_PREVIOUS };
  let isKeptThere = kept === null;
  for (const row of rows) {
    entries += 1;
    if (row.number < 1) {
      add('stray', row.number);
      continue;
    }
    if (row.number > last.number + 1) add('missing', last.number + 1, row.number - 1);
    else if (row.previous !== last.hash) add('not-linked', row.number);
    if (!row.isExact || row.hash !== entryHash(row)) add('edited', row.number);
    if (row.number === kept?.number) {
      isKeptThere = true;
      if (row.hash !== kept.hash) add('head-differs', row.number);
    }
    last = { number: row.number, hash: row.hash };
  }
  if (end === null) add('end-unknown', last.number);
  else if (end.number > last.number) add('missing', last.number + 1, end.number);
  else if (end.number !== last.number || end.hash !== last.hash) add('end-differs', last.number);
  if (kept !== null && !isKeptThere) add('head-missing', kept.number);
  return { entries, head: last.number > 0 ? last : null, problemCount, problems };
}
