import type { RunSummary } from '#lib/domain/census/types.ts';
import { type PatchQuestion, patchKindOf } from '#lib/domain/verdict/question.ts';
import { isLabelOf } from '#lib/domain/verdict/scope.ts';
import { hasCode } from '#server/errors.ts';
import { allOf, ofType, OPEN_RUNS, withLabel } from '#server/temporal/query.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { Budget } from '#server/usecases/verdict/budget.ts';
import { listOpenRuns, type RunList } from '#server/usecases/verdict/list-open-runs.ts';

export interface AskedIn {
  readonly namespace: string;
  readonly question: PatchQuestion;
  readonly patchId: string;
  readonly workflowType: string | null;
}

const WITH_ANY_LABEL = 'TemporalChangeVersion IS NOT NULL';

/** Throws `query-refused` for names that the list filter cannot ask for. */
type Query = () => string;

/**
 * Open runs labelled with the patch. GetVersion's labels end in a version nobody knows yet, so all labels are read; so they
 * are where the id cannot be asked for or the server refuses the query. Labels are compared here, case included.
 */
export async function findLabelledRuns(ctx: Ctx, asked: AskedIn, budget: Budget): Promise<RunList> {
  const { namespace, question, patchId, workflowType } = asked;
  const keep = (run: RunSummary) =>
    isAskedType(run, workflowType) && run.labels.some((label) => isLabelOf(label, question, patchId));
  const ofAskedType = () => (workflowType === null ? [] : [ofType(workflowType)]);
  const hasOneLabel = patchKindOf(question.name) === 'core';
  const queries: readonly Query[] = [
    ...(hasOneLabel ? [() => allOf(withLabel(patchId), ...ofAskedType(), OPEN_RUNS)] : []),
    ...(workflowType === null ? [] : [() => allOf(WITH_ANY_LABEL, ofType(workflowType), OPEN_RUNS)]),
    () => allOf(WITH_ANY_LABEL, OPEN_RUNS),
    () => OPEN_RUNS,
  ];
  return listFirstTaken(ctx, { namespace, queries, keep }, budget);
}

/** Every open run of one type. */
export async function findRunsOfType(
  ctx: Ctx,
  namespace: string,
  workflowType: string,
  budget: Budget,
): Promise<RunList> {
  const keep = (run: RunSummary) => isAskedType(run, workflowType);
  const queries: Query[] = [() => allOf(ofType(workflowType), OPEN_RUNS), () => OPEN_RUNS];
  return listFirstTaken(ctx, { namespace, queries, keep }, budget);
}

function isAskedType(run: RunSummary, workflowType: string | null): boolean {
  return workflowType === null || run.workflowType === workflowType;
}

interface Search {
  readonly namespace: string;
  /** From the narrowest to the widest. */
  readonly queries: readonly Query[];
  readonly keep: (run: RunSummary) => boolean;
}

/** Tries one query after the other until the server takes one. */
async function listFirstTaken(ctx: Ctx, { namespace, queries, keep }: Search, budget: Budget): Promise<RunList> {
  const [query, ...wider] = queries;
  if (query === undefined) return { runs: [], isComplete: false };
  try {
    return await listOpenRuns(ctx, { namespace, query: query(), keep }, budget);
  } catch (error) {
    if (wider.length === 0 || !hasCode(error, 'query-refused')) throw error;
    return listFirstTaken(ctx, { namespace, queries: wider, keep }, budget);
  }
}
