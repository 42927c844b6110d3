import type { Change, ChangePlan } from '#lib/api/changes/schemas.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { NOTE_TONE, noteWords, operationWords } from '#lib/format/plan-words.ts';

/** The plan as a person reads it before saying yes. Sets stand queue default first, each with its default first. */
export function planText(plan: ChangePlan): string {
  const notes = plan.notes.map((note) => `${NOTE_TONE[note.code] === 'caution' ? '!' : '-'} ${noteWords(note)}\n`);
  return [
    `${operationWords(plan.operation)} (task queue ${escapeText(plan.taskQueue)})\n`,
    `Before: ${setsText(plan.before)}\nAfter:  ${setsText(plan.after)}\n`,
    notes.join(''),
    `Digest ${plan.digest}\n`,
  ].join('\n');
}

export function changeText(change: Change): string {
  const { takenUp } = change;
  const build = escapeText(takenUp.buildId ?? '');
  const lines = [change.message];
  if (takenUp.is === true) lines.push(`Taken up: a worker of ${build} polled after the change.`);
  if (takenUp.is === false) lines.push(`Not taken up yet: no worker of ${build} polled after the change.`);
  return `${lines.join('\n')}\n`;
}

function setsText(sets: ChangePlan['before']): string {
  if (sets.length === 0) return 'no sets';
  return sets
    .toReversed()
    .map((set) => `[${set.buildIds.toReversed().map(escapeText).join(', ')}]`)
    .join(' ');
}
