import { compareText } from '#lib/domain/census/compare-text.ts';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { ClassifiedRun } from '#lib/domain/verdict/classify-run.ts';
import { buildIdOf, identityOfTask } from '#lib/domain/verdict/identity.ts';
import type { RunExample } from '#lib/domain/verdict/types.ts';

/** As many as a reader looks at; the count beside them is complete. */
export const EXAMPLES_MAX = 20;

/** A run and what was found of it. */
export interface Finding {
  readonly run: CensusRun;
  readonly found: ClassifiedRun;
}

/** Oldest first, then by ids, so that the same runs give the same examples in whatever order they were read. */
export function compareExamples(left: Sortable, right: Sortable): number {
  return (
    left.startTimeMs - right.startTimeMs ||
    compareText(left.workflowId, right.workflowId) ||
    compareText(left.runId, right.runId)
  );
}

type Sortable = Pick<RunExample, 'startTimeMs' | 'workflowId' | 'runId'>;

function compareRuns(left: CensusRun, right: CensusRun): number {
  return compareExamples(left.summary, right.summary);
}

export function examplesOf(findings: readonly Finding[]): readonly RunExample[] {
  return oldestOf(findings).map(({ run, found }) => {
    const { workflowId, runId, workflowType, taskQueue, startTimeMs } = run.summary;
    const task = found.task ?? run.facts?.tasks.at(-1);
    return {
      workflowId,
      runId,
      workflowType,
      taskQueue,
      startTimeMs,
      buildId: task === undefined ? null : buildIdOf(identityOfTask(task)),
      endsByMs: run.facts?.endsByMs ?? null,
    };
  });
}

/** The oldest few without sorting all: a picture may hold ten thousand. */
function oldestOf(findings: readonly Finding[]): readonly Finding[] {
  const oldest: Finding[] = [];
  for (const finding of findings) {
    const last = oldest[EXAMPLES_MAX - 1];
    if (last !== undefined && compareRuns(finding.run, last.run) >= 0) continue;
    const place = oldest.findIndex((other) => compareRuns(finding.run, other.run) < 0);
    oldest.splice(place === -1 ? oldest.length : place, 0, finding);
    if (oldest.length > EXAMPLES_MAX) oldest.pop();
  }
  return oldest;
}
