import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import type { StoredFact } from '#server/store/port.ts';

/**
 * Finds the standing fact that already says a thing. Where a newer fact takes the place of an older one, only the newest counts: callback
 * none, then all-on, then none again is three facts. Indexed: a file of replay proofs holds one for every open run.
 */
export function indexStanding(standing: readonly StoredFact[]) {
  const newestOf = new Map<string, StoredFact>();
  const add = (fact: StoredFact) => {
    const subject = subjectOf(fact.claim);
    const known = newestOf.get(subject);
    if (known === undefined || known.declaredAtMs <= fact.declaredAtMs) newestOf.set(subject, fact);
  };
  for (const fact of standing) add(fact);
  return {
    add,
    /** null: none says it. */
    find: (claim: FactClaim): StoredFact | null => {
      const newest = newestOf.get(subjectOf(claim));
      return newest !== undefined && textOf(newest.claim) === textOf(claim) ? newest : null;
    },
  };
}

/** Two claims about one subject do not both count. */
function subjectOf(claim: FactClaim): string {
  switch (claim.kind) {
    case 'callback':
      return claim.kind;
    case 'manifest':
      return JSON.stringify([claim.kind, textOf(claim.identity)]);
    case 'types':
      return JSON.stringify([claim.kind, textOf(claim.patch)]);
    case 'ids-name-one-code':
    case 'floor':
    case 'queues':
    case 'calls-together':
    case 'identity-confirmed':
    case 'replay-proof':
      return textOf(claim);
  }
}

/** JSON with keys in order; the order of a list means nothing in a claim. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).toSorted().join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, own]) => `${JSON.stringify(key)}:${textOf(own)}`);
  return `{${entries.toSorted().join(',')}}`;
}
