import type { RunFacts, RunSummary } from '#lib/domain/census/types.ts';
import type { HistoryEvent } from '#lib/domain/history/events.ts';
import { continueRunFacts, createRunFold, type RunFold } from '#lib/domain/history/fold-run-facts.ts';
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

const FIRST_PAGE = new Uint8Array();

/** One run's facts as of now: its whole history the first time, afterwards only what it gained. */
export function readRunFacts(deps: HistoryDeps, run: RunSummary, known: RunFacts | null): Promise<RunFacts> {
  return known === null ? readWhole(deps, run) : readOn(deps, run, known);
}

async function readOn(deps: HistoryDeps, run: RunSummary, known: RunFacts): Promise<RunFacts> {
  const later = await readLater(deps, run, known.lastEventId);
  return later === null ? readWhole(deps, run) : continueRunFacts(known, later);
}

async function readWhole(deps: HistoryDeps, run: RunSummary): Promise<RunFacts> {
  const fold = createRunFold();
  let pageToken: Uint8Array = FIRST_PAGE;
  do {
    const page = await readPage(deps, run, deps.temporal.readHistory, pageToken);
    addAll(fold, page);
    pageToken = page.nextPageToken;
  } while (pageToken.length > 0);
  return fold.finish();
}

function addAll(fold: RunFold, { events }: HistoryPage): void {
  for (const event of events) fold.add(event);
}

/** Events after `lastEventId`, oldest first; null when they are more than a few pages. */
async function readLater(
  deps: HistoryDeps,
  run: RunSummary,
  lastEventId: number,
): Promise<readonly HistoryEvent[] | null> {
  const later: HistoryEvent[] = [];
  let pageToken: Uint8Array = FIRST_PAGE;
  for (let pages = 1; ; pages += 1) {
    const page = await readPage(deps, run, deps.temporal.readHistoryReverse, pageToken);
    for (const event of page.events) {
      if (event.eventId <= lastEventId) return later.toReversed();
      later.push(event);
    }
    if (pages >= PACE.reversePagesMax) return null;
    pageToken = page.nextPageToken;
    if (pageToken.length === 0) return later.toReversed();
  }
}

function readPage(deps: HistoryDeps, run: RunSummary, read: ReadPage, pageToken: Uint8Array): Promise<HistoryPage> {
  const { namespace, budget, signal } = deps;
  const input = { namespace, workflowId: run.workflowId, runId: run.runId, pageToken };
  return budget.run(() => read(input, { signal }), signal);
}
