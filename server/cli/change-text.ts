import type { Change, ChangePlan } from '#lib/api/changes/schemas.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { phraseText } from '#lib/format/phrase.ts';
import { limitWords, reachabilityWords, undoWords } from '#lib/format/plan-fact-words.ts';
import { NOTE_TONE, noteWords, operationWords } from '#lib/format/plan-words.ts';
import { shellQuote } from '#lib/format/shell-quote.ts';

/** The plan as a person reads it before saying yes. Sets stand queue default first, each with its default first. */
export function planText(plan: ChangePlan): string {
  const notes = plan.notes.map((note) => `${NOTE_TONE[note.code] === 'caution' ? '!' : '-'} ${noteWords(note)}`);
  return [
    `${operationWords(plan.operation)} (task queue ${escapeText(plan.taskQueue)})\n`,
    `Before: ${setsText(plan.before)}\nAfter:  ${setsText(plan.after)}\n`,
    `${[...notes, ...facts(plan)].join('\n')}\n`,
    `Digest ${plan.digest}\n`,
  ].join('\n');
}

function facts({ limits, reachability, answers, undo, mustConfirm }: ChangePlan): string[] {
  return [
    ...answers.map(
      ({ patch, question, answer }) =>
        `! The answer "${answer}" to ${question} ${escapeText(patch.id)} no longer holds: ask again after the change.`,
    ),
    ...(limits.length === 0 ? [] : [`- Limits used up: ${limits.map(limitWords).join(', ')}.`]),
    ...(reachability ?? []).map((item) => `- Temporal, before the change: ${phraseText(reachabilityWords(item))}`),
    `- ${undoWords(undo)}`,
    ...(mustConfirm === null ? [] : [`! To go on, add --confirm ${shellQuote(mustConfirm)}.`]),
  ];
}

export function changeText(change: Change): string {
  const { takenUp } = change;
  const build = escapeText(takenUp.buildId ?? '');
  const lines = [change.message];
  if (takenUp.is === true) lines.push(`Taken up: a worker of ${build} polled after the change.`);
  if (takenUp.is === false) lines.push(`Not taken up yet: no worker of ${build} polled after the change.`);
  if (change.outcome === null) lines.push('It is settled by reading: a Patchboard with this record does that.');
  lines.push(`Change ${change.id}`);
  return `${lines.join('\n')}\n`;
}

function setsText(sets: ChangePlan['before']): string {
  if (sets.length === 0) return 'no sets';
  return sets
    .toReversed()
    .map((set) => `[${set.buildIds.toReversed().map(escapeText).join(', ')}]`)
    .join(' ');
}
