import type { RunSummary } from '#lib/domain/census/types.ts';
import { PACE } from '#server/census/pace.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { Budget } from '#server/usecases/verdict/budget.ts';

/** More runs than this are not held: about 60 MB. The list then counts as incomplete. */
const RUNS_MAX = 100_000;

export interface RunList {
  readonly runs: readonly RunSummary[];
  readonly isComplete: boolean;
}

export interface ListInput {
  readonly namespace: string;
  readonly query: string;
  /** Which runs to hold: a query may find more than was asked for. */
  readonly keep: (run: RunSummary) => boolean;
}

/** All pages of a query, each paid from the visibility budget that everybody shares. Throws `query-refused` as it comes. */
export async function listOpenRuns(ctx: Ctx, { namespace, query, keep }: ListInput, budget: Budget): Promise<RunList> {
  const runs: RunSummary[] = [];
  let pageToken: Uint8Array | undefined;
  do {
    const page = await budget.within(async () => {
      await ctx.census.takeVisibility(namespace, budget.signal);
      budget.countCall();
      const place = pageToken === undefined ? {} : { pageToken };
      return ctx.temporal.listRuns({ namespace, query, pageSize: PACE.pageSize, ...place }, { signal: budget.signal });
    });
    if (page === null) return { runs, isComplete: false };
    for (const run of page.runs) if (keep(run)) runs.push(run);
    pageToken = page.nextPageToken;
    if (runs.length > RUNS_MAX) return { runs: runs.slice(0, RUNS_MAX), isComplete: false };
  } while (pageToken.length > 0);
  return { runs, isComplete: true };
}
