import type { RunSummary } from '#lib/domain/census/types.ts';
import { compareExamples } from '#lib/domain/verdict/examples.ts';
import { isLabelOf, type PatchQuestion } from '#lib/domain/verdict/question.ts';

/**
 * Which histories to read first where one blocking run is answer enough. Labels and builds prove nothing, yet they tell runs apart:
 * one run of each kind (labelled or not, touched by these builds) is looked at before the second of any. For `deprecate` the
 * unlabelled ones go first, for the others the labelled ones; within a kind the oldest.
 */
export function mostPromisingFirst(
  runs: readonly RunSummary[],
  question: PatchQuestion,
  patchId: string,
): readonly RunSummary[] {
  const kinds = new Map<string, RunSummary[]>();
  const isLabelled = (run: RunSummary) => run.labels.some((label) => isLabelOf(label, question, patchId));
  const isFirst = (run: RunSummary) => isLabelled(run) !== (question.name === 'deprecate');
  for (const run of runs.toSorted(compareExamples)) {
    const labels = run.labels.filter((label) => isLabelOf(label, question, patchId));
    const key = JSON.stringify([isFirst(run) ? 0 : 1, labels, run.buildIds]);
    const same = kinds.get(key);
    if (same === undefined) kinds.set(key, [run]);
    else same.push(run);
  }
  const groups = [...kinds].sort(([a], [b]) => (a.startsWith('[0') ? 0 : 1) - (b.startsWith('[0') ? 0 : 1));
  return interleave(groups.map(([, group]) => group));
}

function interleave<T>(groups: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...groups.map((group) => group.length));
  return Array.from({ length: longest }, (_, index) => index).flatMap((index) =>
    groups.flatMap((group) => group[index] ?? []),
  );
}
