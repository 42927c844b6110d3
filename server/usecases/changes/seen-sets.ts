import { z } from 'zod';
import { canonicalSets } from '#lib/domain/version-sets/canonical.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

const textSchema = z.array(z.array(z.string()));

/** Sets as the store keeps the newest state of a queue: the canonical text that the digest is made of. */
export function seenText(sets: VersionSets): string {
  return canonicalSets(sets);
}

/** The sets of such a text. Throws for any other text. */
export function seenSetsOf(text: string): VersionSets {
  return { sets: textSchema.parse(JSON.parse(text)).map((buildIds) => ({ buildIds })) };
}
