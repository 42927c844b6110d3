import { queryOptions } from '@tanstack/react-query';
import { runSchema } from '#lib/api/runs/schemas.ts';
import { fetchJson } from '#lib/api/shared/fetch-json.ts';
import { FRESH_MS, POLL_MS } from '#lib/api/shared/polling.ts';
import { api } from '#lib/routes.ts';

/** Up to here a history is a few calls, so it is read again as often as a list. */
const SHORT_HISTORY_EVENTS = 2_000;

/** A long history is up to two hundred calls each time. */
const LONG_HISTORY_POLL_MS = 60_000;

/** `runId` empty: the newest run of the workflow id. A closed run never changes: it is not asked for again. */
export function runQuery(namespace: string, workflowId: string, runId: string) {
  return queryOptions({
    queryKey: ['run', namespace, workflowId, runId],
    queryFn: ({ signal }) => fetchJson(api.run(namespace, workflowId, runId), runSchema, { signal }),
    staleTime: ({ state }) => (isSettled(runId, state.data) ? Infinity : FRESH_MS),
    refetchInterval: ({ state }) => {
      if (isSettled(runId, state.data)) return false;
      return (state.data?.eventsRead ?? 0) > SHORT_HISTORY_EVENTS ? LONG_HISTORY_POLL_MS : POLL_MS.list;
    },
  });
}

/** The newest run of an id is another one later. */
function isSettled(runId: string, run: { status: string | null; cut: string | null } | undefined): boolean {
  return runId !== '' && run !== undefined && run.cut === null && run.status !== 'open';
}
