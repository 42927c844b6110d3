import type { Callback } from '#lib/domain/verdict/classify-run.ts';
import { type DeclaredFact, factsOfKind } from '#lib/domain/verdict/declared-facts.ts';

/** "In use" stands until it is withdrawn; else the newest declaration counts. Without any a callback may be in use. */
export function callbackOf(facts: readonly DeclaredFact[], onUsed: (fact: DeclaredFact) => void): Callback {
  const newestFirst = factsOfKind(facts, 'callback').toSorted((a, b) => b.declaredAtMs - a.declaredAtMs);
  const fact = newestFirst.find(({ claim }) => claim.use === 'in-use') ?? newestFirst[0];
  if (fact === undefined) return { isDeclared: false, isOutOfUseSince: () => false };
  const { claim } = fact;
  return {
    isDeclared: true,
    isOutOfUseSince: (timeMs) => {
      const isOut = claim.use === 'none' || (claim.use === 'all-on' && claim.sinceMs <= timeMs);
      if (isOut) onUsed(fact);
      return isOut;
    },
  };
}
