import type { RunSummary } from '#lib/domain/census/types.ts';
import { isLabelOf, type PatchQuestion, patchKindOf } from '#lib/domain/verdict/question.ts';
import { allOf, CLOSED_RUNS, ofType, OPEN_RUNS, startedOrClosedSince, withLabel } from '#server/temporal/query.ts';
import type { Query } from '#server/usecases/verdict/gather/list-runs.ts';

interface SearchWords {
  readonly queries: readonly Query[];
  readonly keep: (run: RunSummary) => boolean;
}

const WITH_ANY_LABEL = 'TemporalChangeVersion IS NOT NULL';

/**
 * Open runs labelled with the patch. GetVersion's labels end in a version that nobody knows yet, so all labels are read; so they
 * are where the id cannot be asked for. Labels are compared here, case included.
 */
export function labelledRuns(question: PatchQuestion, patchId: string): SearchWords {
  const hasOneLabel = patchKindOf(question.name) === 'core';
  return {
    queries: [
      ...(hasOneLabel ? [() => allOf(withLabel(patchId), OPEN_RUNS)] : []),
      () => allOf(WITH_ANY_LABEL, OPEN_RUNS),
      () => OPEN_RUNS,
    ],
    keep: (run) => run.labels.some((label) => isLabelOf(label, question, patchId)),
  };
}

export function openRunsOfType(workflowType: string): SearchWords {
  return {
    queries: [() => allOf(ofType(workflowType), OPEN_RUNS), () => OPEN_RUNS],
    keep: (run) => run.workflowType === workflowType,
  };
}

/** The newest closed first. */
export function closedRunsOfType(workflowType: string): SearchWords {
  return {
    queries: [() => allOf(ofType(workflowType), CLOSED_RUNS), () => CLOSED_RUNS],
    keep: (run) => run.workflowType === workflowType,
  };
}

/** Runs of the type that began (or were reset) or ended at that time or later. */
export function runsStartedOrClosedSince(workflowType: string, sinceMs: number): SearchWords {
  const since = startedOrClosedSince(sinceMs);
  return {
    queries: [() => allOf(ofType(workflowType), since), () => since],
    keep: (run) =>
      run.workflowType === workflowType && (run.startTimeMs >= sinceMs || (run.closeTimeMs ?? -Infinity) >= sinceMs),
  };
}
