import { createHash } from 'node:crypto';
import { canonicalSets, DIGEST_VERSION } from '#lib/domain/version-sets/canonical.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

/** `v1:` + SHA-256 (hex) of the canonical sets: equal if and only if sets and order are. */
export function digestOf(sets: VersionSets): string {
  return `${DIGEST_VERSION}:${createHash('sha256').update(canonicalSets(sets)).digest('hex')}`;
}
