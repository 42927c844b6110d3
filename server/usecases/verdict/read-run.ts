import type { ErrorCode } from '#lib/api/shared/errors.ts';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';
import { readRunFacts } from '#server/census/read-run-facts.ts';
import { isCodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { Budget } from '#server/usecases/verdict/budget.ts';

/** Failures of one history that say nothing about the next one. All others end the question. */
const OF_ONE_HISTORY: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not-found',
  'deadline-exceeded',
  'response-too-large',
  'temporal-error',
  'rate-limited',
]);

export type RunReading = CensusRun | 'unreadable' | 'out-of-time';

/** One history to its end, as facts. */
export async function readRun(ctx: Ctx, namespace: string, summary: RunSummary, budget: Budget): Promise<RunReading> {
  const { temporal } = ctx;
  const deps = { temporal, namespace, budget: budget.histories, signal: budget.signal };
  try {
    const facts = await budget.within(() => readRunFacts(deps, summary, null));
    return facts === null ? 'out-of-time' : { summary, facts, factsReadMs: ctx.now() };
  } catch (error) {
    if (isCodedError(error) && OF_ONE_HISTORY.has(error.code)) return 'unreadable';
    throw error;
  }
}
