import type { RunFacts } from '#lib/domain/census/types.ts';
import { createRunFold } from '#lib/domain/history/fold-run-facts.ts';
import { createLensFold } from '#lib/domain/run-lens/fold-run-lens.ts';
import type { RunLens } from '#lib/domain/run-lens/types.ts';
import { hasCode } from '#server/errors.ts';
import type { HistoryPage, TemporalPort } from '#server/temporal/port.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** Just below Temporal's own limit (`limit.historyCount.error`, 51,200 events): hardly a run has more. */
const MAX_EVENTS = 50_000;

/** A page's reader waits no longer; two hundred pages take about four seconds on a healthy server. */
const READ_WITHIN_MS = 15_000;

/** What reading a run needs of a context. */
export interface RunCtx extends Pick<Ctx, 'now' | 'signal'> {
  readonly temporal: Pick<TemporalPort, 'readHistory'>;
}

export interface RunRequest {
  readonly namespace: string;
  readonly workflowId: string;
  /** Empty: the newest run of the workflow id. */
  readonly runId: string;
}

export interface RunReading {
  readonly facts: RunFacts;
  readonly lens: RunLens;
  readonly eventsRead: number;
  /** Why reading ended before the history did; null: it was read whole. */
  readonly cut: 'events' | 'time' | null;
}

/** One history from its beginning, page by page, within a bound of events and of time. Throws `CodedError`. */
export async function readRun(ctx: RunCtx, request: RunRequest): Promise<RunReading> {
  const facts = createRunFold();
  const lens = createLensFold();
  const endMs = ctx.now() + READ_WITHIN_MS;
  let eventsRead = 0;
  let pageToken: Uint8Array | undefined;
  const reading = (cut: RunReading['cut']) => ({ facts: facts.finish(), lens: lens.finish(), eventsRead, cut });
  do {
    const leftMs = endMs - ctx.now();
    if (eventsRead >= MAX_EVENTS) return reading('events');
    if (leftMs <= 0) return reading('time');
    // oxlint-disable-next-line no-await-in-loop -- each page's token is in the one before
    const page = await readPage(ctx, { ...request, ...(pageToken && { pageToken }) }, leftMs, eventsRead > 0);
    if (page === null) return reading('time');
    for (const event of page.events) {
      facts.add(event);
      lens.add(event);
    }
    eventsRead += page.events.length;
    pageToken = page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
  } while (pageToken !== undefined);
  return reading(null);
}

/** null: the time ran out in this page, and there are pages before it to show. */
async function readPage(
  { temporal, signal }: RunCtx,
  input: RunRequest & { readonly pageToken?: Uint8Array },
  deadlineMs: number,
  hasEarlierPages: boolean,
): Promise<HistoryPage | null> {
  try {
    return await temporal.readHistory(input, { signal, deadlineMs });
  } catch (error) {
    if (hasEarlierPages && hasCode(error, 'deadline-exceeded')) return null;
    throw error;
  }
}
