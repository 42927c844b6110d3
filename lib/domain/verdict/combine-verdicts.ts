import { compareExamples, EXAMPLES_MAX } from '#lib/domain/verdict/examples.ts';
import { answerOf, REASON_ORDER } from '#lib/domain/verdict/reason-order.ts';
import { NO_CLASSES } from '#lib/domain/verdict/run-classes.ts';
import type { ClassCounts, Note, PatchVerdict, Reason, RunClass, Wait } from '#lib/domain/verdict/types.ts';

/** Several namespaces as one: nothing is better than its worst part, and every reason of each is told. */
export function combineVerdicts(verdicts: readonly [PatchVerdict, ...PatchVerdict[]]): Omit<PatchVerdict, 'byType'> {
  const reasons = sumReasons(verdicts.flatMap((verdict) => verdict.reasons));
  return {
    answer: answerOf(reasons),
    reasons,
    notes: sumNotes(verdicts.flatMap((verdict) => verdict.notes)),
    classes: sumClasses(verdicts.map((verdict) => verdict.classes)),
    wait: sumWaits(verdicts.map((verdict) => verdict.wait)),
    runsConsidered: sum(verdicts.map((verdict) => verdict.runsConsidered)),
    historiesRead: sum(verdicts.map((verdict) => verdict.historiesRead)),
    assumptions: verdicts.flatMap((verdict) => verdict.assumptions),
    contradictions: verdicts.flatMap((verdict) => verdict.contradictions),
  };
}

/** One reason a code, in the order of telling, with the oldest examples of all. */
export function sumReasons(reasons: readonly Reason[]): readonly Reason[] {
  return REASON_ORDER.flatMap((code): readonly Reason[] => {
    const same = reasons.filter((reason) => reason.code === code);
    if (same.length === 0) return [];
    return [
      {
        code,
        ...sumCounted(same),
        workers: same.flatMap((reason) => reason.workers),
        workflowTypes: [...new Set(same.flatMap((reason) => reason.workflowTypes))],
      },
    ];
  });
}

export function sumNotes(notes: readonly Note[]): readonly Note[] {
  const byCode = Map.groupBy(notes, (note) => note.code);
  return Array.from(byCode, ([code, same]) => ({ code, ...sumCounted(same) }));
}

function sumCounted(same: readonly Pick<Note, 'count' | 'examples'>[]): Pick<Note, 'count' | 'examples'> {
  const counts = same.flatMap(({ count }) => count ?? []);
  const examples = same.flatMap((reason) => reason.examples).toSorted(compareExamples);
  return { count: counts.length === 0 ? null : sum(counts), examples: examples.slice(0, EXAMPLES_MAX) };
}

export function sumClasses(counts: readonly ClassCounts[]): ClassCounts {
  const total: Record<RunClass, number> = { ...NO_CLASSES };
  for (const classes of counts) for (const name of Object.keys(total) as RunClass[]) total[name] += classes[name];
  return total;
}

/** null: nothing blocks by a run. */
export function sumWaits(waits: readonly (Wait | null)[]): Wait | null {
  const told = waits.filter((wait) => wait !== null);
  if (told.length === 0) return null;
  const ends = told.flatMap((wait) => wait.latestEndMs ?? []);
  return {
    latestEndMs: ends.length === 0 ? null : Math.max(...ends),
    endlessRuns: sum(told.map((wait) => wait.endlessRuns)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
