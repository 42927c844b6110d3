'use client';

import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { namespacesQuery } from '#lib/api/status/queries.ts';

/** The namespace of the page's address, else the server's default; null while that is not known yet. */
export function useNamespace(): string | null {
  const wanted = useSearchParams().get('namespace');
  const { data } = useQuery(namespacesQuery());
  return wanted !== null && wanted !== '' ? wanted : (data?.default ?? null);
}
