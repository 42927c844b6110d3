import type { VersionSets } from '#lib/domain/version-sets/types.ts';

/** Names the canonical form below in a digest: another form gets another version. */
export const DIGEST_VERSION = 'v1';

/** The text whose SHA-256 is a queue's digest: sets and build IDs in the server's order, as JSON arrays of strings. */
export function canonicalSets({ sets }: VersionSets): string {
  return JSON.stringify(sets.map((set) => set.buildIds));
}
