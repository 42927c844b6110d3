import { mutationOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { fetchJson } from '#lib/api/shared/fetch-json.ts';
import { POLL_MS } from '#lib/api/shared/polling.ts';
import {
  type askRequestSchema,
  type VerdictJob,
  verdictJobSchema,
  verdictOrJobSchema,
} from '#lib/api/verdict/schemas.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import { api } from '#lib/routes.ts';

export interface AskedQuestion {
  readonly patch: PatchRef;
  readonly question: QuestionName;
  readonly min: number | null;
}

/**
 * The newest stored answer about open runs of all workflow types, asked for again to learn whether it still holds. Without a stored
 * answer the server begins to gather one: use it only where one is known to be stored.
 */
export function verdictQuery(namespace: string, { patch, question, min }: AskedQuestion) {
  return queryOptions({
    queryKey: ['verdict', namespace, patch.kind, patch.id, question, min],
    queryFn: ({ signal }) => fetchJson(api.verdict(namespace, patch, question, min), verdictOrJobSchema, { signal }),
    refetchInterval: POLL_MS.detail,
  });
}

/** One question that was asked; looked at every second until it has ended. */
export function verdictJobQuery(namespace: string, id: string) {
  return queryOptions({
    queryKey: ['verdict-job', namespace, id],
    queryFn: ({ signal }) => fetchJson(api.verdictJob(namespace, id), verdictJobSchema, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && hasEnded(state.data) ? false : POLL_MS.settling),
  });
}

export function hasEnded({ state }: Pick<VerdictJob, 'state'>): boolean {
  return state !== 'gathering';
}

/** What the page sends: everything but the patch and the question has a default. */
type AskBody = z.input<typeof askRequestSchema>;

/** Asks a question: the answer is the job that gathers for it, perhaps one that somebody else began. */
export function askVerdict(namespace: string, body: AskBody): Promise<VerdictJob> {
  return fetchJson(api.verdicts(namespace), verdictJobSchema, { body });
}

/** Ends a gathering; nothing is stored of it. */
export function stopVerdict(namespace: string, id: string): Promise<VerdictJob> {
  return fetchJson(api.stopVerdict(namespace, id), verdictJobSchema, { body: {} });
}

export function askVerdictMutation(namespace: string) {
  return mutationOptions({
    mutationKey: ['ask-verdict', namespace],
    mutationFn: (body: AskBody) => askVerdict(namespace, body),
  });
}

export function stopVerdictMutation(namespace: string) {
  return mutationOptions({
    mutationKey: ['stop-verdict', namespace],
    mutationFn: (id: string) => stopVerdict(namespace, id),
  });
}
