import { queryOptions } from '@tanstack/react-query';
import { patchListSchema, patchSchema } from '#lib/api/patches/schemas.ts';
import { fetchJson } from '#lib/api/shared/fetch-json.ts';
import { fetchAllPages } from '#lib/api/shared/fetch-list.ts';
import { POLL_MS } from '#lib/api/shared/polling.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import { api } from '#lib/routes.ts';

export function patchesQuery(namespace: string) {
  return queryOptions({
    queryKey: ['patches', namespace],
    queryFn: ({ signal }) =>
      fetchAllPages((cursor) => fetchJson(api.patches(namespace, cursor), patchListSchema, { signal })),
    refetchInterval: POLL_MS.list,
  });
}

export function patchQuery(namespace: string, patch: PatchRef) {
  return queryOptions({
    queryKey: ['patch', namespace, patch.kind, patch.id],
    queryFn: ({ signal }) => fetchJson(api.patch(namespace, patch), patchSchema, { signal }),
    refetchInterval: POLL_MS.detail,
  });
}
