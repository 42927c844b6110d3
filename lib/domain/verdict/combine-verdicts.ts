import { compareExamples, EXAMPLES_MAX } from '#lib/domain/verdict/examples.ts';
import { REASON_ORDER } from '#lib/domain/verdict/reason-order.ts';
import type { PatchVerdict, Reason, RunClass, Wait } from '#lib/domain/verdict/types.ts';

type Verdicts = readonly [PatchVerdict, ...PatchVerdict[]];

/** Several namespaces as one: blocked where one is, every reason of each. Nothing is better than its worst part. */
export function combineVerdicts(verdicts: Verdicts): PatchVerdict {
  return {
    answer: verdicts.some((verdict) => verdict.answer === 'blocked') ? 'blocked' : 'unknown',
    reasons: combineReasons(verdicts.flatMap((verdict) => verdict.reasons)),
    classes: combineClasses(verdicts),
    wait: combineWaits(verdicts.flatMap((verdict) => verdict.wait ?? [])),
    runsConsidered: sum(verdicts.map((verdict) => verdict.runsConsidered)),
    historiesRead: sum(verdicts.map((verdict) => verdict.historiesRead)),
  };
}

function combineReasons(reasons: readonly Reason[]): readonly Reason[] {
  return REASON_ORDER.flatMap((code): readonly Reason[] => {
    const same = reasons.filter((reason) => reason.code === code);
    if (same.length === 0) return [];
    const counts = same.flatMap((reason) => reason.count ?? []);
    const examples = same.flatMap((reason) => reason.examples).toSorted(compareExamples);
    return [{ code, count: counts.length === 0 ? null : sum(counts), examples: examples.slice(0, EXAMPLES_MAX) }];
  });
}

function combineClasses([first, ...rest]: Verdicts): PatchVerdict['classes'] {
  const classes = { ...first.classes };
  for (const verdict of rest) {
    for (const runClass of Object.keys(classes) as RunClass[]) classes[runClass] += verdict.classes[runClass];
  }
  return classes;
}

function combineWaits(waits: readonly Wait[]): Wait | null {
  if (waits.length === 0) return null;
  const ends = waits.flatMap((wait) => wait.latestEndMs ?? []);
  return {
    latestEndMs: ends.length === 0 ? null : Math.max(...ends),
    endlessRuns: sum(waits.map((wait) => wait.endlessRuns)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
