import type { Caller } from '#server/temporal/call.ts';
import { toHistoryEvent } from '#server/temporal/mappers/history-event.ts';
import { toNumber } from '#server/temporal/mappers/scalars.ts';
import { storedEvents } from '#server/temporal/mappers/stored-events.ts';
import { METHODS } from '#server/temporal/methods.ts';
import type { HistoryInput, TemporalPort } from '#server/temporal/port.ts';

/** The server's own maximum (`frontend.visibilityMaxPageSize`); it cuts larger sizes down to it in silence. */
const RUNS_PAGE_SIZE = 1_000;

const FIRST_PAGE = new Uint8Array();

export function runCalls({
  call,
}: Caller): Pick<TemporalPort, 'countRuns' | 'listRuns' | 'readHistory' | 'readHistoryReverse'> {
  return {
    countRuns: async ({ namespace, query }, options) =>
      toNumber((await call(METHODS.countRuns, { namespace, query }, options)).count),
    listRuns: ({ namespace, query, pageSize = RUNS_PAGE_SIZE, pageToken = FIRST_PAGE }, options) =>
      call(METHODS.listRuns, { namespace, query, pageSize, nextPageToken: pageToken }, options),
    readHistory: async (input, options) => {
      const { history, nextPageToken } = await call(METHODS.readHistory, historyRequest(input), options);
      return { events: storedEvents(history?.events ?? []).map(toHistoryEvent), nextPageToken };
    },
    readHistoryReverse: async (input, options) => {
      const { history, nextPageToken } = await call(METHODS.readHistoryReverse, historyRequest(input), options);
      return { events: history?.events?.map(toHistoryEvent) ?? [], nextPageToken };
    },
  };
}

/** A page size of 0 is the server's own choice (`history.historyMaxPageSize`, 256). */
function historyRequest({ namespace, workflowId, runId, pageSize = 0, pageToken = FIRST_PAGE }: HistoryInput) {
  return { namespace, execution: { workflowId, runId }, maximumPageSize: pageSize, nextPageToken: pageToken };
}
