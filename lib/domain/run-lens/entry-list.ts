import type { LensEntry, RunLens } from '#lib/domain/run-lens/types.ts';

/** How a run began and how it stands now matter; what lies between is what a bound may take. */
const HEAD_ENTRIES = 1_000;
const TAIL_ENTRIES = 1_000;

export interface EntryList {
  readonly push: (entry: LensEntry) => void;
  /** What the list would hold with `rest` pushed as well; the list itself stays as it is. */
  readonly with: (rest: readonly LensEntry[]) => Pick<RunLens, 'entries' | 'omitted'>;
}

/** Entries in order: the first thousand and the last thousand; how many lie between is counted. */
export function createEntryList(): EntryList {
  const head: LensEntry[] = [];
  const tail: LensEntry[] = [];
  let dropped = 0;

  function push(entry: LensEntry): void {
    if (head.length < HEAD_ENTRIES) {
      head.push(entry);
      return;
    }
    tail.push(entry);
    // Twice the bound before cutting: one copy for a thousand entries.
    if (tail.length >= 2 * TAIL_ENTRIES) dropped += tail.splice(0, tail.length - TAIL_ENTRIES).length;
  }

  return {
    push,
    with: (rest) => {
      // A task that is under way may have begun before the newest entries.
      const entries = [...head, ...tail, ...rest].toSorted((a, b) => a.eventId - b.eventId);
      const surplus = Math.max(0, entries.length - HEAD_ENTRIES - TAIL_ENTRIES);
      const kept = [...entries.slice(0, HEAD_ENTRIES), ...entries.slice(HEAD_ENTRIES + surplus)];
      const count = dropped + surplus;
      const afterEventId = kept[HEAD_ENTRIES - 1]?.lastEventId ?? 0;
      return { entries: kept, omitted: count === 0 ? null : { count, afterEventId } };
    },
  };
}
