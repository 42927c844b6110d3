import { z } from 'zod';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

const textSchema = z.array(z.array(z.string()));

/** The sets of a canonical text (`canonicalSets`), as the store keeps the newest state of a queue. Throws for any other text. */
export function seenSetsOf(text: string): VersionSets {
  return { sets: textSchema.parse(JSON.parse(text)).map((buildIds) => ({ buildIds })) };
}
