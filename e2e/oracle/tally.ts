import { NO_CLASSES } from '#lib/domain/verdict/run-classes.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { RunClass } from '#lib/domain/verdict/types.ts';
import { type Checked, falseSafes, type Setting, type Way } from './check.ts';
import { isTimely } from './codes-truth.ts';
import { describeFirst } from './describe.ts';

/** Counts over many worlds; plain data, so that threads can hand it over. */
export interface Tally {
  worlds: number;
  /** The change breaks nothing, and nothing was broken before. */
  safe: number;
  breaking: number;
  readonly questions: Partial<Record<QuestionName, QuestionTally>>;
  readonly ways: Partial<Record<Way, WayTally>>;
  falseSafes: number;
  /** The first of them, in full. */
  readonly shown: string[];
}

interface QuestionTally {
  worlds: number;
  /** Worlds in which, told in some way, a run was of the class. */
  readonly classes: Record<RunClass, number>;
}

/** Of worlds that are safe, asked in time, with evidence that lacks nothing and a poller. */
interface WayTally {
  asked: number;
  /** Not called safe. */
  needless: number;
  /** By the reasons' codes together. */
  readonly codes: Record<string, number>;
}

const SHOWN_MAX = 3;

export function emptyTally(): Tally {
  return { worlds: 0, safe: 0, breaking: 0, questions: {}, ways: {}, falseSafes: 0, shown: [] };
}

export function count(tally: Tally, checked: Checked, setting: Setting): void {
  const { world, breakage, isBrokenAlready, asked } = checked;
  tally.worlds += 1;
  if (breakage !== null) tally.breaking += 1;
  else if (!isBrokenAlready) tally.safe += 1;

  const question = (tally.questions[world.question.name] ??= { worlds: 0, classes: { ...NO_CLASSES } });
  question.worlds += 1;
  for (const name of runClasses) {
    if (asked.some(({ verdict }) => verdict.classes[name] > 0)) question.classes[name] += 1;
  }
  if (breakage === null && !isBrokenAlready) countNeedless(tally, checked);

  const failed = falseSafes(checked);
  if (failed.length === 0) return;
  tally.falseSafes += 1;
  const title = `FALSE SAFE: --seed ${world.seed} --setting ${setting ?? 'mixed'}`;
  if (tally.shown.length < SHOWN_MAX) tally.shown.push(`${title}\n${describeFirst(failed, checked)}`);
}

export const runClasses = Object.keys(NO_CLASSES) as readonly RunClass[];

function countNeedless(tally: Tally, { world, isWhole, asked }: Checked): void {
  if (!isWhole || !isTimely(world) || world.workers.every(({ stoppedMs }) => stoppedMs !== null)) return;
  for (const { way, verdict } of asked) {
    const codes = verdict.reasons.map(({ code }) => code);
    // Nobody ever recorded it: whoever asks has not used it yet, or misspelt it.
    if (codes.includes('never-seen')) continue;
    const own = (tally.ways[way] ??= { asked: 0, needless: 0, codes: {} });
    own.asked += 1;
    if (verdict.answer === 'safe') continue;
    own.needless += 1;
    const key = codes.join(' + ');
    own.codes[key] = (own.codes[key] ?? 0) + 1;
  }
}

/** Adds the second to the first. */
export function merge(tally: Tally, more: Tally): void {
  tally.worlds += more.worlds;
  tally.safe += more.safe;
  tally.breaking += more.breaking;
  tally.falseSafes += more.falseSafes;
  tally.shown.push(...more.shown.slice(0, SHOWN_MAX - tally.shown.length));
  for (const name of questionNames) {
    const added = more.questions[name];
    if (added === undefined) continue;
    const own = (tally.questions[name] ??= { worlds: 0, classes: { ...NO_CLASSES } });
    own.worlds += added.worlds;
    for (const runClass of runClasses) own.classes[runClass] += added.classes[runClass];
  }
  for (const way of ways) {
    const added = more.ways[way];
    if (added === undefined) continue;
    const own = (tally.ways[way] ??= { asked: 0, needless: 0, codes: {} });
    own.asked += added.asked;
    own.needless += added.needless;
    for (const [code, times] of Object.entries(added.codes)) own.codes[code] = (own.codes[code] ?? 0) + times;
  }
}

export const questionNames: readonly QuestionName[] = ['deprecate', 'remove', 'raise-min', 'drop-call'];
export const ways: readonly Way[] = ['nothing', 'basics', 'floors', 'proofs', 'wrong'];
