import type { RunFacts, RunSummary } from '#lib/domain/census/types.ts';
import type { HistoryEvent } from '#lib/domain/history/events.ts';
import { continueRunFacts, createRunFold } from '#lib/domain/history/fold-run-facts.ts';
import { PACE } from '#server/census/pace.ts';
import type { RateBudget } from '#server/census/rate-budget.ts';
import type { HistoryPage, TemporalPort } from '#server/temporal/port.ts';

export interface HistoryDeps {
  readonly temporal: Pick<TemporalPort, 'readHistory' | 'readHistoryReverse'>;
  readonly namespace: string;
  readonly budget: RateBudget;
  readonly signal: AbortSignal;
}

type ReadPage = TemporalPort['readHistory'];

/** One run's facts as of now: its whole history the first time, afterwards only what it gained. */
export async function readRunFacts(deps: HistoryDeps, run: RunSummary, known: RunFacts | null): Promise<RunFacts> {
  const later = known === null ? null : await readLater(deps, run, known.lastEventId);
  return known === null || later === null ? readWhole(deps, run) : continueRunFacts(known, later);
}

async function readWhole(deps: HistoryDeps, run: RunSummary): Promise<RunFacts> {
  const fold = createRunFold();
  for await (const page of pagesOf(deps, run, deps.temporal.readHistory)) {
    for (const event of page.events) fold.add(event);
  }
  return fold.finish();
}

/** Events after `lastEventId`, oldest first; null when they are more than a few pages. */
async function readLater(
  deps: HistoryDeps,
  run: RunSummary,
  lastEventId: number,
): Promise<readonly HistoryEvent[] | null> {
  const later: HistoryEvent[] = [];
  let pages = 0;
  for await (const page of pagesOf(deps, run, deps.temporal.readHistoryReverse)) {
    for (const event of page.events) {
      if (event.eventId <= lastEventId) return later.toReversed();
      later.push(event);
    }
    pages += 1;
    if (pages >= PACE.reversePagesMax) return null;
  }
  return later.toReversed();
}

async function* pagesOf(deps: HistoryDeps, run: RunSummary, read: ReadPage): AsyncGenerator<HistoryPage> {
  const { namespace, budget, signal } = deps;
  let pageToken: Uint8Array | undefined;
  do {
    const input = { namespace, workflowId: run.workflowId, runId: run.runId, ...(pageToken && { pageToken }) };
    const page = await budget.run(() => read(input, { signal }), signal);
    yield page;
    pageToken = page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
  } while (pageToken !== undefined);
}
