'use client';

import { useQuery } from '@tanstack/react-query';
import { lastChange, touchesPatch } from '#components/declarations/touches.ts';
import { declarationsQuery } from '#lib/api/declarations/queries.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';

/** When a declared fact that touches the patch last changed; null: none did, or the list is not known yet. */
export function useFactsChangedAt(namespace: string, patch: PatchRef): string | null {
  const { data } = useQuery(declarationsQuery(namespace));
  return lastChange((data?.items ?? []).filter(({ claim }) => touchesPatch(claim, patch)));
}
