import type { Phase } from '#e2e/faults/phases.ts';
import type { Wish } from '#e2e/faults/patchboard.ts';
import type { Scenario } from '#e2e/faults/scenarios.ts';
import type { WireCall } from '#e2e/faults/wire-tap.ts';
import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

/** One change under one fault, when it had its first outcome. */
export interface Struck {
  readonly taskQueue: string;
  readonly wish: Wish;
  readonly phase: Phase;
  readonly fault: string;
  readonly scenario: Pick<Scenario, 'operation' | 'before' | 'after'>;
  /** When Temporal could be reached again, epoch ms. */
  readonly healedMs: number;
  /** As the record has it; null: nothing. */
  readonly change: ChangeDetail | null;
  /** The queue's sets, by another client, after that. */
  readonly state: VersionSets;
  /** Writes that Patchboard sent until then, and once it had been asked for the same again. */
  readonly sent: number;
  readonly sentAtLast: number;
  /** The changes that the same key gave: the first time, while the fault was there, and afterwards. */
  readonly answers: readonly (string | null)[];
}

/** The same when everything that could still happen has happened. */
export interface Ended extends Struck {
  readonly lastChange: ChangeDetail | null;
  readonly lastState: VersionSets;
  /** Everything about this queue that came to Temporal's door, of whatever process. */
  readonly calls: readonly WireCall[];
}

export const PROBLEMS = [
  'applied twice',
  'success without a read-back that shows it',
  'no outcome in time',
  'a word that is not true',
  'another answer to the same key',
] as const;
export type Problem = (typeof PROBLEMS)[number];

export interface Finding {
  readonly problem: Problem;
  readonly what: string;
}

/** A frontend that says success and stores nothing: nobody can tell that from a change that was undone at once. */
export const LIE = 'lying success';

/** Whether it may stay unconfirmed: Temporal's success is all that there ever was. */
export function staysOpen({ fault }: Pick<Struck, 'fault'>): boolean {
  return fault === LIE;
}

/** Nobody else writes to these queues, so each word has one meaning: that is what it is held to. */
export function judge(ended: Ended, outcomeLimitMs: number): Finding[] {
  const { change, calls, sent, sentAtLast, answers, healedMs } = ended;
  const findings: Finding[] = [];
  const add = (problem: Problem, what: string) => void findings.push({ problem, what });

  const arrived = calls.filter(({ kind }) => kind === 'write').length;
  if (Math.max(arrived, sent) > 1) add('applied twice', `${sent} sent, ${arrived} arrived`);
  if (sentAtLast > sent) add('applied twice', `${sentAtLast - sent} sent when the key was asked again`);
  const id = change?.id ?? null;
  if (answers.some((answer) => answer !== id)) add('another answer to the same key', answers.join());
  const endedMs = change?.endedAt ? Date.parse(change.endedAt) : null;
  if (endedMs === null) add('no outcome in time', change === null ? 'no intent' : 'no outcome at all');
  else if (endedMs - healedMs > outcomeLimitMs) add('no outcome in time', `${endedMs - healedMs} ms`);
  return [...findings, ...untrueWords(ended)];
}

function untrueWords(ended: Ended): Finding[] {
  const { change, state, lastChange, lastState } = ended;
  const findings = [untrueWord(ended, change, state), untrueWord(ended, lastChange, lastState)];
  const isLast = change?.outcome === 'unconfirmed' || sameSets(state, lastState);
  if (!isLast) findings.push(untrue(`${String(change?.outcome)}, and then the sets changed`));
  if (lastChange?.outcome === 'unconfirmed' && !staysOpen(ended)) findings.push(untrue('unconfirmed for ever'));
  return findings.filter((finding) => finding !== null);
}

function untrue(what: string): Finding {
  return { problem: 'a word that is not true', what };
}

/** What is wrong with a change's outcome beside the sets as another client read them; null: nothing. */
function untrueWord({ scenario, calls }: Ended, change: ChangeDetail | null, state: VersionSets): Finding | null {
  const told = JSON.stringify(state.sets.map(({ buildIds }) => buildIds));
  const write = calls.find(({ kind }) => kind === 'write');
  switch (change?.outcome) {
    case 'verified': {
      // A reading that came while Temporal was at work at the write is answered after it.
      const isReadBack = calls.some(
        ({ kind, isOk, answeredMs }) => kind === 'read' && isOk && write && Number(answeredMs) > write.atMs,
      );
      const isShown = change.after !== null && sameSets({ sets: change.after }, state);
      const isRight = sameSets(scenario.after, state) && change.stored.is === true;
      if (isReadBack && isShown && isRight) return null;
      const what = `${JSON.stringify({ isReadBack, isShown, isRight })} at ${told}`;
      return { problem: 'success without a read-back that shows it', what };
    }
    case 'already-so':
      return { problem: 'success without a read-back that shows it', what: 'there was something to do' };
    case 'not-applied':
      return sameSets(scenario.before, state) ? null : untrue(`not applied, at ${told}`);
    case 'refused':
      return sameSets(scenario.before, state) && write && !write.isOk ? null : untrue(`refused, at ${told}`);
    case 'superseded':
    case 'conflict':
      return untrue(`${change.outcome}, and nobody else was there`);
    // It claims that the sets read as before, and nothing of the write.
    case 'unconfirmed':
    case null:
    case undefined:
      return null;
  }
}

function sameSets(left: VersionSets, right: VersionSets): boolean {
  const text = ({ sets }: VersionSets) => JSON.stringify(sets.map(({ buildIds }) => buildIds));
  return text(left) === text(right);
}
