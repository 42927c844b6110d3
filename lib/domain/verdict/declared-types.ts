import type { PatchRef } from '#lib/domain/patches/types.ts';
import { type DeclaredFact, factsOfKind } from '#lib/domain/verdict/declared-facts.ts';
import { isOf } from '#lib/domain/verdict/identity-book.ts';

/** The workflow types that use the patch, by the newest declared list; null: nobody declared one. */
export function declaredTypesOf(facts: readonly DeclaredFact[], patch: PatchRef): readonly string[] | null {
  const lists = factsOfKind(facts, 'types').filter(({ claim }) => isOf(claim.patch, patch));
  const newest = lists.toSorted((a, b) => b.declaredAtMs - a.declaredAtMs)[0];
  return newest?.claim.workflowTypes ?? null;
}
