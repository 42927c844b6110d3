import type { Interleaved } from '#e2e/faults/interleave.ts';
import { areSameSets } from '#lib/domain/version-sets/queries.ts';

/**
 * What became of one meeting of two writers.
 * - `detected`: the change ended as `conflict`, `refused` or `superseded`, each where it is true.
 * - `as planned`: it ended as `verified`, and Temporal's sets, by the other client, are exactly what ours makes of the sets that it was planned
 *   on, as the twin queue shows them. Only a second writer whose change is absorbed by ours leaves that.
 * - `taken back`: the other writer undid ours, so that the sets read as before. Nobody can tell that from a success that was a lie: the
 *   change is `unconfirmed` and claims nothing.
 * - `undetected`: anything else that claims less than it should, or something else.
 * - `wrong state shown`: the change calls itself stored and Temporal's sets are not the planned ones, or it shows other sets than Temporal had
 *   at that moment.
 */
export type Verdict = 'detected' | 'as planned' | 'taken back' | 'undetected' | 'wrong state shown';

export function judgeInterleaved(met: Interleaved): Verdict {
  const { change, state, planned, before } = met;
  if (change === null || change.after === null) return 'undetected';
  const isStored = change.stored.is === true || change.outcome === 'verified' || change.outcome === 'already-so';
  if (!areSameSets({ sets: change.after }, state)) return 'wrong state shown';
  if (isStored && !areSameSets(state, planned)) return 'wrong state shown';
  if (isStored) return met.writes === 1 && change.outcome === 'verified' ? 'as planned' : 'undetected';
  if (isDetected(met)) return 'detected';
  const isTakenBack = met.point === 'between call and read-back' && areSameSets(state, before);
  return change.outcome === 'unconfirmed' && isTakenBack && met.writes === 1 ? 'taken back' : 'undetected';
}

function isDetected({ point, change, state, planned, afterTheirs, writes, isTaken }: Interleaved): boolean {
  switch (change?.outcome) {
    case 'conflict':
      return point === 'before the digest check' && writes === 0 && areSameSets(state, afterTheirs);
    case 'refused':
      return point === 'between check and call' && writes === 1 && !isTaken && areSameSets(state, afterTheirs);
    case 'superseded':
      return point !== 'before the digest check' && writes === 1 && isTaken && !areSameSets(state, planned);
    case 'verified':
    case 'already-so':
    case 'not-applied':
    case 'unconfirmed':
    case null:
    case undefined:
      return false;
  }
}
