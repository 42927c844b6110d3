import { toFactClaim } from '#lib/api/declarations/claim.ts';
import type { Declaration } from '#lib/api/declarations/schemas.ts';
import { claimWords } from '#lib/format/declare-words.ts';

/** What a declared fact claims, as a sentence. */
export function factSentence({ claim }: Pick<Declaration, 'claim'>): string {
  const words = claimWords(toFactClaim(claim));
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
