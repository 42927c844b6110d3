import { areSameSets, queueDefault, setDefault, setOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSet, VersionSets } from '#lib/domain/version-sets/types.ts';
import type { Phrase } from '#lib/format/phrase.ts';

/** What became of a queue's sets, in one sentence: for changes that nobody here planned, so that no operation is known. */
export function setsDifference(before: VersionSets, after: VersionSets): Phrase {
  if (areSameSets(before, after)) return ['The sets are the same.'];
  const clauses = [
    ...after.sets.flatMap((set) => setClauses(before, set)),
    ...goneClauses(before, after),
    ...queueDefaultClauses(before, after),
  ];
  if (clauses.length === 0) return ['The order of the sets changed.'];
  return [...clauses.flatMap((clause, index) => (index === 0 ? clause : ['; ', ...clause])), '.'];
}

function setClauses(before: VersionSets, set: VersionSet): Phrase[] {
  const origins = [...new Set(set.buildIds.map((id) => setOf(before, id)).filter((origin) => origin !== null))];
  const added = set.buildIds.filter((id) => setOf(before, id) === null);
  const [origin] = origins;
  if (origin === undefined) return added.length === 0 ? [] : [[...names(added), ` ${are(added)} a new set`]];
  const former = setDefault(origin);
  const current = setDefault(set);
  if (origins.length > 1) {
    const were = origins.flatMap((one) => setDefault(one) ?? []);
    return [
      ['the sets of ', ...names(were), ' became one, with the default ', ...names(current === null ? [] : [current])],
    ];
  }
  const joined: Phrase[] =
    added.length === 0 || former === null ? [] : [[...names(added), ' joined the set of ', { name: former }]];
  if (current === null || former === null || current === former) return joined;
  return [...joined, [{ name: current }, ' became the default of its set instead of ', { name: former }]];
}

function goneClauses(before: VersionSets, after: VersionSets): Phrase[] {
  const gone = before.sets.flatMap((set) => set.buildIds).filter((id) => setOf(after, id) === null);
  return gone.length === 0 ? [] : [[...names(gone), ` ${are(gone)} gone`]];
}

function queueDefaultClauses(before: VersionSets, after: VersionSets): Phrase[] {
  const [was, is] = [queueDefault(before), queueDefault(after)];
  if (is === was) return [];
  const where: Phrase = is === null ? ['unversioned workers'] : [{ name: is }];
  const instead: Phrase = was === null ? ['unversioned workers'] : [{ name: was }];
  return [['new runs start on ', ...where, ' instead of ', ...instead]];
}

function names(ids: readonly string[]): Phrase {
  return ids.flatMap((name, index) => {
    if (index === 0) return [{ name }];
    return [index === ids.length - 1 ? ' and ' : ', ', { name }];
  });
}

function are(ids: readonly string[]): string {
  return ids.length === 1 ? 'is' : 'are';
}
