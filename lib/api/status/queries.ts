import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '#lib/api/shared/fetch-json.ts';
import { POLL_MS } from '#lib/api/shared/polling.ts';
import { namespaceListSchema, statusSchema } from '#lib/api/status/schemas.ts';
import { api } from '#lib/routes.ts';

/** Namespaces are registered rarely: asking once a minute is plenty. */
const NAMESPACES_STALE_MS = 60_000;

export function namespacesQuery() {
  return queryOptions({
    queryKey: ['namespaces'],
    queryFn: ({ signal }) => fetchJson(api.namespaces(), namespaceListSchema, { signal }),
    staleTime: NAMESPACES_STALE_MS,
    refetchInterval: ({ state }) => (state.error === null ? false : POLL_MS.status),
  });
}

/** Server, API families, the picture's age, links and whether changes are allowed: every page needs some of it. */
export function statusQuery(namespace: string) {
  return queryOptions({
    queryKey: ['status', namespace],
    queryFn: ({ signal }) => fetchJson(api.status(namespace), statusSchema, { signal }),
    refetchInterval: POLL_MS.status,
  });
}
