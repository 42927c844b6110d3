import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { RunClass } from '#lib/domain/verdict/types.ts';
import { questionNames, runClasses, type Tally, ways } from './tally.ts';

/** At least this share of mixed worlds is safe, and breaks: else a verdict that always says the same would look good. */
const OUTCOME_MIN = 0.3;
/** Each class is met in at least this share of the mixed worlds in which it can occur. */
const CLASS_MIN = 0.05;

const CORE: readonly QuestionName[] = ['deprecate', 'remove'];
const VERSION: readonly QuestionName[] = ['raise-min', 'drop-call'];

/** Questions in which a run can be of the class. */
const OCCURS: Readonly<Record<RunClass, readonly QuestionName[]>> = {
  unknown: questionNames,
  fenced: questionNames,
  'no-task-yet': questionNames,
  survived: CORE,
  'marker-deprecated': CORE,
  'marker-live': CORE,
  'version-kept': VERSION,
  'version-refused': VERSION,
  'not-reached': questionNames,
  proven: questionNames,
  'label-full': ['remove'],
  'may-hold-old-branch': questionNames,
};

const percent = (part: number, whole: number) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

export function summaryLine(name: string, { worlds, safe, breaking, falseSafes, ways: told }: Tally): string {
  const needless = (['floors', 'proofs'] as const).map((way) =>
    percent(told[way]?.needless ?? 0, told[way]?.asked ?? 0),
  );
  const rest = worlds - safe - breaking;
  return (
    `${name}: ${worlds} worlds, safe ${percent(safe, worlds)}, breaking ${percent(breaking, worlds)}, ` +
    `broken before ${percent(rest, worlds)}; FALSELY SAFE ${falseSafes}; ` +
    `needless with floors or manifests ${needless[0]}, with proofs ${needless[1]}`
  );
}

/** @returns what the generator meets too seldom for its silence to prove anything */
export function coverageProblems(tally: Tally): readonly string[] {
  const problems: string[] = [];
  for (const [what, times] of [['safe', tally.safe] as const, ['breaking', tally.breaking] as const]) {
    if (times < OUTCOME_MIN * tally.worlds) problems.push(`only ${percent(times, tally.worlds)} of worlds are ${what}`);
  }
  for (const runClass of runClasses) {
    const questions = OCCURS[runClass].map((name) => tally.questions[name]);
    const worlds = questions.reduce((sum, own) => sum + (own?.worlds ?? 0), 0);
    const met = questions.reduce((sum, own) => sum + (own?.classes[runClass] ?? 0), 0);
    console.log(`  class ${runClass}: in ${percent(met, worlds)} of the worlds that can have it`);
    if (met < CLASS_MIN * worlds) problems.push(`class ${runClass} is in only ${percent(met, worlds)} of worlds`);
  }
  return problems;
}

const CODES_SHOWN = 8;

/** What is not called safe although it is, by what was declared and by the reasons given. */
export function needlessLines({ ways: told }: Tally): readonly string[] {
  return ways.flatMap((way) => {
    const own = told[way];
    if (own === undefined) return [];
    const codes = Object.entries(own.codes).toSorted(([, a], [, b]) => b - a);
    const shown = codes.slice(0, CODES_SHOWN).map(([code, times]) => `    ${percent(times, own.asked)} ${code}`);
    return [`  needless, told ${way}: ${percent(own.needless, own.asked)} of ${own.asked}`, ...shown];
  });
}
