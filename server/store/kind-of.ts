import type { PatchKind } from '#lib/domain/patches/types.ts';

/** A `kind` column: only this store writes it, from the same closed set. */
export function kindOf(text: string | undefined): PatchKind {
  return text === 'version' ? 'version' : 'core';
}
