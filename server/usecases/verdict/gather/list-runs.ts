import { shareSummary } from '#lib/domain/census/share-facts.ts';
import type { Interner } from '#lib/domain/census/intern.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';
import { PACE } from '#server/census/pace.ts';
import { hasCode } from '#server/errors.ts';
import type { RunPage } from '#server/temporal/port.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { Budget } from '#server/usecases/verdict/budget.ts';

/** More runs than this are not held: about 60 MB. The list then counts as incomplete. */
const RUNS_MAX = 100_000;

export interface RunList {
  readonly runs: readonly RunSummary[];
  readonly isComplete: boolean;
}

/** Throws `query-refused` for names that the list filter cannot ask for. */
export type Query = () => string;

export interface Search {
  readonly namespace: string;
  /** From the narrowest to the widest: the first that the server takes is asked. */
  readonly queries: readonly Query[];
  /** Which runs to hold: a query may find more than was asked for, and SQLite compares without case. */
  readonly keep: (run: RunSummary) => boolean;
  readonly interner: Interner;
  /** Pages at most; the list is incomplete when there are more. Infinity unless told. */
  readonly pagesMax?: number;
  /** Called after each page; true ends the listing early. */
  readonly onPage?: (runs: readonly RunSummary[]) => Promise<boolean>;
}

/** All pages of a search. A page costs one visibility call. */
export async function listRuns(ctx: Ctx, search: Search, budget: Budget): Promise<RunList> {
  const [query, ...wider] = search.queries;
  if (query === undefined) return { runs: [], isComplete: false };
  try {
    return await listAll(ctx, search, query(), budget);
  } catch (error) {
    if (wider.length === 0 || !hasCode(error, 'query-refused')) throw error;
    return listRuns(ctx, { ...search, queries: wider }, budget);
  }
}

async function listAll(ctx: Ctx, search: Search, query: string, budget: Budget): Promise<RunList> {
  const { namespace, keep, interner, pagesMax = Infinity, onPage } = search;
  const runs: RunSummary[] = [];
  let pageToken: Uint8Array | undefined;
  for (let pages = 1; ; pages += 1) {
    const page: RunPage | null = await budget.visibility(namespace, (signal) => {
      const place = pageToken === undefined ? {} : { pageToken };
      return ctx.temporal.listRuns({ namespace, query, pageSize: PACE.pageSize, ...place }, { signal });
    });
    if (page === null) return { runs, isComplete: false };
    const kept = page.runs.filter(keep).map((run) => shareSummary(run, interner));
    runs.push(...kept);
    if (onPage !== undefined && (await onPage(kept))) return { runs, isComplete: false };
    pageToken = page.nextPageToken;
    if (pageToken.length === 0) return { runs, isComplete: true };
    if (pages >= pagesMax || runs.length >= RUNS_MAX) return { runs, isComplete: false };
  }
}
