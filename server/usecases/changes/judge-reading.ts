import { randomUUID } from 'node:crypto';
import { explainReading } from '#lib/domain/change-plan/explain-reading.ts';
import { canonicalSets } from '#lib/domain/version-sets/canonical.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import { OUTCOME_WORDS } from '#lib/format/plan-words.ts';
import type { Observed, RecordStore, SeenSets } from '#server/store/record/port.ts';
import { changeOf, endEntry, outsideEntry } from '#server/usecases/changes/entries.ts';
import { seenSetsOf } from '#server/usecases/changes/seen-sets.ts';
import { setsItem } from '#server/usecases/changes/sets-item.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

/** A reading of a queue's sets, with when it began: what was true at the latest then. */
export interface SetsReading {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly sets: VersionSets;
  readonly readFromMs: number;
}

type Known = Parameters<Parameters<RecordStore['observe']>[1]>;

/** A reading that shows nothing new is kept this often: the record's disk is for changes. */
const SEEN_EVERY_MS = 10_000;

/** What a reading says beside the newest state seen: nothing new, a change of ours that shows late, or a change made elsewhere. */
export async function judgeReading(
  { namespace, taskQueue, sets, readFromMs }: SetsReading,
  [seen, newest]: Known,
  now: () => number,
): Promise<Observed> {
  const keep: SeenSets = { sets: canonicalSets(sets), seenMs: readFromMs };
  if (seen === null) return { seen: keep, entry: null };
  const before = seenSetsOf(seen.sets);
  // Every page that shows a queue comes by here, and nearly always there is nothing to explain.
  const known = keep.sets === seen.sets ? null : await newest();
  const last = known && changeOf(known.entries);
  const open = last?.outcome === 'unconfirmed' ? { before: { sets: last.before }, operation: last.operation } : null;
  const nowMs = now();
  switch (explainReading(before, sets, open)) {
    case 'same':
      return { seen: readFromMs - seen.seenMs >= SEEN_EVERY_MS ? keep : null, entry: null };
    case 'unconfirmed-change': {
      // Its own watch gives it its outcome.
      if (known?.isClaimed === true) return { seen: keep, entry: null };
      const subject = { namespace, taskQueue, changeId: last?.id ?? '', atMs: nowMs };
      const message = `${OUTCOME_WORDS.verified} It showed late.`;
      return { seen: keep, entry: endEntry(subject, { outcome: 'verified', message, after: setsItem(sets) }) };
    }
    case 'outside': {
      const subject = { namespace, taskQueue, changeId: randomUUID(), atMs: nowMs };
      const [from, to] = [timestampOf(seen.seenMs), timestampOf(nowMs)];
      return {
        seen: keep,
        entry: outsideEntry(subject, { from, to, before: setsItem(before), after: setsItem(sets) }),
      };
    }
  }
}
