import { mutationOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { declarationListSchema, declarationSchema, type declareRequestSchema } from '#lib/api/declarations/schemas.ts';
import { fetchJson } from '#lib/api/shared/fetch-json.ts';
import { POLL_MS } from '#lib/api/shared/polling.ts';
import { api } from '#lib/routes.ts';

/** Every declared fact of a namespace that stands, and those that were withdrawn. */
export function declarationsQuery(namespace: string) {
  return queryOptions({
    queryKey: ['declarations', namespace],
    queryFn: ({ signal }) => fetchJson(api.declarations(namespace), declarationListSchema, { signal }),
    refetchInterval: POLL_MS.list,
  });
}

export type DeclareBody = z.input<typeof declareRequestSchema>;

export function declareMutation(namespace: string) {
  return mutationOptions({
    mutationKey: ['declare', namespace],
    mutationFn: (body: DeclareBody) => fetchJson(api.declarations(namespace), declarationSchema, { body }),
  });
}

export function withdrawMutation(namespace: string) {
  return mutationOptions({
    mutationKey: ['withdraw', namespace],
    mutationFn: (id: string) => fetchJson(api.withdrawDeclaration(namespace), declarationSchema, { body: { id } }),
  });
}
