import { isResultOf } from '#lib/domain/version-sets/is-result-of.ts';
import { areSameSets } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

export interface ReadBack {
  readonly before: VersionSets;
  readonly operation: VersionSetOperation;
  readonly observed: VersionSets;
  /** `accepted`: Temporal answered success. `unclear`: the reply was lost, the write may have landed or may yet land. */
  readonly write: 'accepted' | 'unclear';
  /** The reading began so late that a write still under way can no longer land; one that landed may yet be hidden. */
  readonly isPastLanding: boolean;
}

/**
 * What one reading after the write says; null: read again. Success alone proves nothing: an accepted write that reads as before is
 * read again until it shows. A lost reply is settled by what stands there, and a third state is someone else's; sets that are untouched settle
 * nothing yet, since Temporal may have stored what it does not show (`judgeLateReading`).
 */
export function judgeReadBack(read: ReadBack): 'verified' | 'superseded' | 'unconfirmed' | null {
  const { before, operation, observed, write, isPastLanding } = read;
  if (isResultOf(before, operation, observed)) return 'verified';
  const isUntouched = areSameSets(before, observed);
  switch (write) {
    case 'accepted':
      return isUntouched ? null : 'superseded';
    case 'unclear':
      if (!isPastLanding) return null;
      return isUntouched ? 'unconfirmed' : 'superseded';
  }
}

export interface LateReading extends Pick<ReadBack, 'before' | 'operation' | 'observed'> {
  /** The reading began so late that whatever Temporal stored must show. */
  readonly isPastRefresh: boolean;
}

/** What a later reading says of a change that ended as `unconfirmed`; null: read again. */
export function judgeLateReading(read: LateReading): 'verified' | 'superseded' | 'not-applied' | null {
  const { before, operation, observed, isPastRefresh } = read;
  if (isResultOf(before, operation, observed)) return 'verified';
  if (!areSameSets(before, observed)) return 'superseded';
  return isPastRefresh ? 'not-applied' : null;
}
