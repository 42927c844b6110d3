import type { Interner } from '#lib/domain/census/intern.ts';
import { shareSummary } from '#lib/domain/census/share-facts.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';
import type { Clock } from '#server/census/clock.ts';
import { PACE, retryPauseMs } from '#server/census/pace.ts';
import type { RateBudget } from '#server/census/rate-budget.ts';
import { toCoded } from '#server/census/trouble.ts';
import type { CodedError } from '#server/errors.ts';
import type { RunPage, TemporalPort } from '#server/temporal/port.ts';

/** All open runs, paused ones too; `ExecutionStatus = 'Running'` would miss those. */
const OPEN_RUNS = 'CloseTime IS NULL';

export interface ListingDeps {
  readonly temporal: Pick<TemporalPort, 'listRuns'>;
  readonly namespace: string;
  readonly budget: RateBudget;
  readonly clock: Clock;
  readonly interner: Interner;
  readonly signal: AbortSignal;
  readonly onPage: (page: readonly RunSummary[]) => void;
  /** The server limits the rate: the same page is asked again, more slowly. */
  readonly onRateLimited: (error: CodedError) => void;
}

/**
 * Pages through the open runs. Pages are keyset-ordered, no snapshot: a run open during the whole listing is in it; one that
 * started or closed meanwhile may or may not be.
 * @returns the pages, and whether they are all (a picture holds at most `PACE.runsMax` runs)
 */
export async function listOpenRuns(
  deps: ListingDeps,
): Promise<{ readonly pages: readonly (readonly RunSummary[])[]; readonly isWhole: boolean }> {
  const pages: (readonly RunSummary[])[] = [];
  let pageToken: Uint8Array | undefined;
  let listed = 0;
  do {
    const page = await listPage(deps, pageToken);
    const runs = page.runs.map((run) => shareSummary(run, deps.interner));
    pages.push(runs);
    listed += runs.length;
    pageToken = page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
    deps.onPage(runs);
  } while (pageToken !== undefined && listed < PACE.runsMax);
  return { pages, isWhole: pageToken === undefined };
}

/** One attempt a call, since each attempt is a call to the server: all of them take from the budget. */
async function listPage(deps: ListingDeps, pageToken: Uint8Array | undefined): Promise<RunPage> {
  const { temporal, namespace, budget, clock, signal } = deps;
  const input = { namespace, query: OPEN_RUNS, pageSize: PACE.pageSize, ...(pageToken && { pageToken }) };
  let failures = 0;
  for (;;) {
    try {
      return await budget.run(() => temporal.listRuns(input, { signal, maxAttempts: 1 }), signal);
    } catch (error) {
      const coded = toCoded(error);
      if (coded.code === 'rate-limited') {
        budget.slowDown();
        deps.onRateLimited(coded);
      } else {
        failures += 1;
        if (coded.code !== 'temporal-unreachable' || failures >= PACE.pageAttempts) throw coded;
      }
    }
    await clock.sleep(failures === 0 ? PACE.rateLimitedPauseMs : retryPauseMs(failures), signal);
  }
}
