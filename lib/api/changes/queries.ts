import { infiniteQueryOptions, mutationOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  type Change,
  type ChangeItem,
  type ChangePlanRequest,
  changeDetailSchema,
  changeItemDetailSchema,
  changeListSchema,
  changePlanSchema,
  type WhatIfRequest,
  whatIfSchema,
} from '#lib/api/changes/schemas.ts';
import { newIdempotencyKey } from '#lib/api/changes/idempotency-key.ts';
import { isSettled } from '#lib/api/changes/is-settled.ts';
import { fetchJson } from '#lib/api/shared/fetch-json.ts';
import { POLL_MS } from '#lib/api/shared/polling.ts';
import { api } from '#lib/routes.ts';

type ChangeList = z.infer<typeof changeListSchema>;

/** Changes a page of the history: more than a deploy day makes, few enough to be read again every few seconds. */
export const HISTORY_PAGE = 50;
/** Changes that a queue's own page shows. */
export const NEWEST_CHANGES = 10;

/** Everything that lists changes of a namespace; to be asked for again after each change. */
export function changesKey(namespace: string) {
  return ['changes', namespace] as const;
}

/** The history, newest first, page by page. `taskQueue` null: of all queues. */
export function changesQuery(namespace: string, taskQueue: string | null) {
  const queue = taskQueue === null ? {} : { taskQueue };
  return infiniteQueryOptions({
    queryKey: [...changesKey(namespace), 'history', taskQueue],
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }) =>
      fetchJson(
        api.changes(namespace, { ...queue, limit: HISTORY_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }),
        changeListSchema,
        { signal },
      ),
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) => historyPollMs(state.data?.pages ?? []),
  });
}

/** The newest changes of one queue. */
export function newestChangesQuery(namespace: string, taskQueue: string) {
  return queryOptions({
    queryKey: [...changesKey(namespace), 'newest', taskQueue],
    queryFn: ({ signal }) =>
      fetchJson(api.changes(namespace, { taskQueue, limit: NEWEST_CHANGES }), changeListSchema, { signal }),
    refetchInterval: ({ state }) => historyPollMs(state.data === undefined ? [] : [state.data]),
  });
}

/** A change on its way moves within seconds; others only get company. */
function historyPollMs(pages: readonly ChangeList[]): number {
  const isMoving = pages.some(({ items }) => items.some((item) => item.kind === 'change' && !isSettled(item)));
  return isMoving ? POLL_MS.detail : POLL_MS.list;
}

/** One change with its plan; asked for every second until both of its facts, `stored` and `takenUp`, are known. */
export function changeQuery(namespace: string, id: string) {
  return queryOptions({
    queryKey: ['change', namespace, id],
    queryFn: ({ signal }) => fetchJson(api.change(namespace, id), changeDetailSchema, { signal }),
    refetchInterval: ({ state }) => changePollMs(state.data),
  });
}

/** One item of the history: a change as `changeQuery` gives it, or what happened outside, which stays as it is. */
export function changeItemQuery(namespace: string, id: string) {
  return queryOptions({
    queryKey: ['change-item', namespace, id],
    queryFn: ({ signal }) => fetchJson(api.change(namespace, id), changeItemDetailSchema, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.kind === 'outside' ? false : changePollMs(data)),
  });
}

/** How often one change is asked for; false: not again. Of an unconfirmed one a last outcome may come within minutes. */
export function changePollMs(change: Change | undefined): number | false {
  if (change === undefined || !isSettled(change)) return POLL_MS.settling;
  return change.outcome === 'unconfirmed' ? POLL_MS.detail : false;
}

export interface ChangeOfPlan {
  /** null: the record holds no change of this plan. */
  readonly change: Change | null;
}

/** What the record holds of a plan whose answer was lost: found by reading, which never writes. */
export function changeOfPlanQuery(namespace: string, plan: { readonly id: string; readonly taskQueue: string }) {
  return queryOptions({
    queryKey: ['change-of-plan', namespace, plan.id],
    queryFn: async ({ signal }): Promise<ChangeOfPlan> => {
      const path = api.changes(namespace, { taskQueue: plan.taskQueue, limit: HISTORY_PAGE });
      const { items } = await fetchJson(path, changeListSchema, { signal });
      return { change: items.find((item) => isOfPlan(item, plan.id)) ?? null };
    },
    refetchInterval: ({ state }) => (state.data?.change ? false : POLL_MS.settling),
  });
}

function isOfPlan(item: ChangeItem, planId: string): item is Change {
  return item.kind === 'change' && item.planId === planId;
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
  /** What was typed where the plan wants a build ID confirmed, else `true`. */
  readonly confirm: true | string;
}

export function applyChangeMutation(namespace: string) {
  return mutationOptions({
    mutationKey: ['apply-change', namespace],
    mutationFn: ({ planId, idempotencyKey, confirm }: ApplyChangeInput) =>
      fetchJson(api.changes(namespace), changeDetailSchema, {
        body: { planId, confirm },
        headers: { 'idempotency-key': idempotencyKey },
      }),
  });
}

/** Several operations in a row, none applied. */
export function whatIfMutation(namespace: string) {
  return mutationOptions({
    mutationKey: ['what-if', namespace],
    mutationFn: (body: WhatIfRequest) => fetchJson(api.whatIfs(namespace), whatIfSchema, { body }),
  });
}
