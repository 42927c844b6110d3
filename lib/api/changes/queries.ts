import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { type Change, type ChangePlanRequest, changePlanSchema, changeSchema } from '#lib/api/changes/schemas.ts';
import { newIdempotencyKey } from '#lib/api/changes/idempotency-key.ts';
import { fetchJson } from '#lib/api/shared/fetch-json.ts';
import { POLL_MS } from '#lib/api/shared/polling.ts';
import { api } from '#lib/routes.ts';

/** One change; asked for every second until both of its facts, `stored` and `takenUp`, are known. */
export function changeQuery(namespace: string, id: string) {
  return queryOptions({
    queryKey: ['change', namespace, id],
    queryFn: ({ signal }) => fetchJson(api.change(namespace, id), changeSchema, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isSettled(state.data) ? false : POLL_MS.settling),
  });
}

/** Nothing about the change will be learned any more. */
export function isSettled(change: Change): boolean {
  if (change.outcome === null) return false;
  return change.stored.is !== true || change.takenUp.is !== null || change.takenUp.buildId === null;
}

/** The plan comes with the key under which it will be applied: one key for one plan, whatever is retried. */
export function planChangeMutation(namespace: string) {
  return mutationOptions({
    mutationKey: ['plan-change', namespace],
    mutationFn: async (body: ChangePlanRequest) => ({
      plan: await fetchJson(api.changePlans(namespace), changePlanSchema, { body }),
      idempotencyKey: newIdempotencyKey(),
    }),
  });
}

export interface ApplyChangeInput {
  readonly planId: string;
  /** The same for every attempt at one confirmed plan: the server then applies it once. */
  readonly idempotencyKey: string;
}

export function applyChangeMutation(namespace: string) {
  return mutationOptions({
    mutationKey: ['apply-change', namespace],
    mutationFn: ({ planId, idempotencyKey }: ApplyChangeInput) =>
      fetchJson(api.changes(namespace), changeSchema, {
        body: { planId, confirm: true },
        headers: { 'idempotency-key': idempotencyKey },
      }),
  });
}
