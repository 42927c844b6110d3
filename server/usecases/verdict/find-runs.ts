import type { RunSummary } from '#lib/domain/census/types.ts';
import { type PatchQuestion, patchKindOf } from '#lib/domain/verdict/question.ts';
import { isLabelOf } from '#lib/domain/verdict/scope.ts';
import { hasCode } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { Budget } from '#server/usecases/verdict/budget.ts';
import { listOpenRuns, type RunList } from '#server/usecases/verdict/list-open-runs.ts';
import { isAskable, openRuns, openRunsLabelled, openRunsWithLabels } from '#server/usecases/verdict/queries.ts';

export interface AskedIn {
  readonly namespace: string;
  readonly question: PatchQuestion;
  readonly patchId: string;
  readonly workflowType: string | null;
}

/**
 * Open runs labelled with the patch. GetVersion's labels end in a version nobody knows yet, so all labels are read; so they
 * are where the id cannot be asked for or the server refuses the query. Labels are compared here, case included.
 */
export async function findLabelledRuns(ctx: Ctx, asked: AskedIn, budget: Budget): Promise<RunList> {
  const { namespace, question, patchId, workflowType } = asked;
  const keep = (run: RunSummary) =>
    isAskedType(run, workflowType) && run.labels.some((label) => isLabelOf(label, question, patchId));
  const type = askableOrNull(workflowType);
  const hasQuery = patchKindOf(question.name) === 'core' && isAskable(patchId);
  const labelled = hasQuery ? [openRunsLabelled(patchId, type)] : [];
  return listFirstTaken(ctx, namespace, [...labelled, openRunsWithLabels(type), openRuns(null)], keep, budget);
}

/** Every open run of one type. */
export async function findRunsOfType(
  ctx: Ctx,
  namespace: string,
  workflowType: string,
  budget: Budget,
): Promise<RunList> {
  const keep = (run: RunSummary) => isAskedType(run, workflowType);
  return listFirstTaken(ctx, namespace, [openRuns(askableOrNull(workflowType)), openRuns(null)], keep, budget);
}

function askableOrNull(workflowType: string | null): string | null {
  return workflowType !== null && isAskable(workflowType) ? workflowType : null;
}

function isAskedType(run: RunSummary, workflowType: string | null): boolean {
  return workflowType === null || run.workflowType === workflowType;
}

/** Tries queries from the narrowest to the widest until the server takes one. */
async function listFirstTaken(
  ctx: Ctx,
  namespace: string,
  queries: readonly string[],
  keep: (run: RunSummary) => boolean,
  budget: Budget,
): Promise<RunList> {
  const [query, ...wider] = queries;
  if (query === undefined) return { runs: [], isComplete: false };
  try {
    return await listOpenRuns(ctx, { namespace, query, keep }, budget);
  } catch (error) {
    if (wider.length === 0 || !hasCode(error, 'query-refused')) throw error;
    return listFirstTaken(ctx, namespace, wider, keep, budget);
  }
}
