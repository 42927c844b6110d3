import { type AlteredFact, alteredRouting, restoring } from '#lib/domain/change-plan/altered-routing.ts';
import type { ChangedSince, Undo } from '#lib/domain/change-plan/types.ts';
import { queueDefault, setDefault, setOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** How a change of these sets is taken back: routing only, in one or two operations, which are themselves planned and applied. */
export function undoOf(before: VersionSets, operation: VersionSetOperation): Undo {
  const altered = alteredRouting(before, operation);
  if ('kind' in altered) return altered;
  return { kind: 'operations', operations: altered.map(restoring), leaves: leftBehind(operation) };
}

export type UndoStep =
  | { readonly kind: 'operation'; readonly operation: VersionSetOperation }
  | { readonly kind: 'done' }
  | ChangedSince
  | Extract<Undo, { kind: 'none' }>;

/**
 * The next operation that takes a change back, from the sets as they are now. Each fact that the change altered must still be as it made
 * it (to be taken back) or be as before it (done); other changes of other sets do not hinder. `before`: the sets that it was applied to.
 */
export function nextUndoStep(before: VersionSets, operation: VersionSetOperation, now: VersionSets): UndoStep {
  const altered = alteredRouting(before, operation);
  if ('kind' in altered) return altered;
  const stands = altered.map((fact) => ({ fact, stand: standOf(fact, now) }));
  for (const { stand } of stands) if (typeof stand === 'object') return stand;
  const open = stands.find(({ stand }) => stand === 'altered');
  return open ? { kind: 'operation', operation: restoring(open.fact) } : { kind: 'done' };
}

function leftBehind({ kind }: VersionSetOperation): 'nothing' | 'new-set' | 'new-build' {
  switch (kind) {
    case 'add-new-default':
      return 'new-set';
    case 'add-new-compatible':
      return 'new-build';
    case 'promote-set':
    case 'promote-within-set':
    case 'merge-sets':
      return 'nothing';
  }
}

function standOf(fact: AlteredFact, now: VersionSets): 'altered' | 'restored' | ChangedSince {
  return fact.what === 'queue-default' ? queueStand(fact, now) : setStand(fact, now);
}

/** The queue default is a set: that somebody made another build its default meanwhile changes nothing of where it stands. */
function queueStand({ what, was, became }: AlteredFact, now: VersionSets): 'altered' | 'restored' | ChangedSince {
  const current = now.sets.at(-1)?.buildIds ?? [];
  const former = setOf(now, was);
  const changed = { kind: 'changed-since', was, became, is: queueDefault(now) } as const;
  if (former?.buildIds.includes(became)) return { ...changed, what: 'sets-merged' };
  if (current.includes(was)) return 'restored';
  return current.includes(became) && former !== null ? 'altered' : { ...changed, what };
}

function setStand({ what, was, became }: AlteredFact, now: VersionSets): 'altered' | 'restored' | ChangedSince {
  const set = setOf(now, was);
  const is = set ? setDefault(set) : null;
  if (is === was) return 'restored';
  return is === became ? 'altered' : { kind: 'changed-since', what, was, became, is };
}
