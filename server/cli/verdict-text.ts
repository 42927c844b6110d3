import type { Reason } from '#lib/api/patches/schemas.ts';
import type { Check, Verdict } from '#lib/api/verdict/schemas.ts';
import { isBlockingCode } from '#lib/domain/verdict/reason-order.ts';
import { formatCount } from '#lib/format/count.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { formatDuration } from '#lib/format/relative-time.ts';
import { ANSWER_WORDS, QUESTION_WORDS, wordsOf } from '#lib/format/verdict-words.ts';
import { textTable } from '#server/cli/text-table.ts';

/** ANSI colours of the answers: the meaning always comes with an icon and a word too. */
const COLOURS = { safe: '\u001B[32m', blocked: '\u001B[31m', unknown: '\u001B[90m' } as const;
const RESET = '\u001B[0m';

interface TextOptions {
  readonly hasColor: boolean;
  /** Epoch ms, for ages. */
  readonly nowMs: number;
}

/** The answer for a reader: sentence first, then each reason with its runs and what would change it, then the evidence. */
export function verdictText(check: Check, options: TextOptions): string {
  const parts = [headline(check, options), questionLine(check)];
  for (const part of check.byNamespace) {
    if (check.byNamespace.length > 1)
      parts.push(`\n${label(part, options)} in namespace ${escapeText(part.namespace)}\n`);
    parts.push(reasonsText(part, options), evidenceText(part, options));
  }
  return parts.join('');
}

function headline(check: Check, options: TextOptions): string {
  const words = QUESTION_WORDS[check.question];
  const sentence = check.answer === 'safe' ? '' : `: ${words[check.answer]}`;
  return `${label(check, options)}${sentence}\n`;
}

function label({ answer }: Pick<Verdict, 'answer'>, { hasColor }: TextOptions): string {
  const { icon, word } = ANSWER_WORDS[answer];
  const text = `${icon} ${word}`;
  return hasColor ? `${COLOURS[answer]}${text}${RESET}` : text;
}

function questionLine({ question, min, patch, workflowType, byNamespace }: Check): string {
  const version = min === null ? '' : ` Version ${min}.`;
  const type =
    workflowType === null ? 'every workflow type known to use it' : `workflow type ${escapeText(workflowType)}`;
  const [only, ...more] = byNamespace.map((part) => escapeText(part.namespace));
  const where = more.length === 0 ? `namespace ${only ?? ''}` : `namespaces ${[only, ...more].join(', ')}`;
  return `${QUESTION_WORDS[question].title}${version} Patch ${escapeText(patch.id)}, ${type}, ${where}.\n`;
}

/** What blocks is told in full. Beside it, what is not known is named only: it would not change the answer. */
function reasonsText({ answer, reasons }: Verdict, options: TextOptions): string {
  if (answer !== 'blocked') return reasons.map((reason) => reasonText(reason, options)).join('');
  const blocking = reasons.filter((reason) => isBlockingCode(reason.code));
  const others = reasons.filter((reason) => !isBlockingCode(reason.code)).map(nameOf);
  const beside = others.length === 0 ? '' : `\nBeside that, not known: ${others.join('; ')}.\n`;
  return blocking.map((reason) => reasonText(reason, options)).join('') + beside;
}

function nameOf({ code, count }: Pick<Reason, 'code' | 'count'>): string {
  return `${wordsOf(code).title}${count === null ? '' : ` (${count})`} [${code}]`;
}

function reasonText({ code, count, examples }: Reason, { nowMs }: TextOptions): string {
  const { sentence, change } = wordsOf(code);
  const lines = [`\n${nameOf({ code, count })}`, `  ${sentence}`];
  if (examples.length > 0) lines.push(...indented(examplesTable(examples, nowMs)));
  const hidden = (count ?? 0) - examples.length;
  if (hidden > 0) lines.push(`    … and ${hidden} more`);
  lines.push(`  To change it: ${change}`);
  return `${lines.join('\n')}\n`;
}

function examplesTable(examples: Reason['examples'], nowMs: number): string {
  return textTable(
    [
      { title: 'WORKFLOW', value: (run) => run.workflowId },
      { title: 'RUN', value: (run) => run.runId },
      { title: 'TYPE', value: (run) => run.workflowType ?? '' },
      { title: 'QUEUE', value: (run) => run.taskQueue ?? '' },
      { title: 'BUILD', value: (run) => run.buildId ?? 'none' },
      {
        title: 'AGE',
        value: (run) => (run.startTime === null ? '' : formatDuration(nowMs - Date.parse(run.startTime))),
      },
      { title: 'ENDS BY', value: (run) => run.endsBy ?? 'never by itself' },
    ],
    examples,
  );
}

function indented(block: string): readonly string[] {
  return block
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`);
}

function evidenceText(verdict: Verdict, { nowMs }: TextOptions): string {
  const { evidence, wait, calls, isStoppedAtBlocker } = verdict;
  const lines: string[] = [];
  if (wait !== null) lines.push(waitText(wait, nowMs));
  if (isStoppedAtBlocker) lines.push('Reading stopped once the answer was known: counts are at least these.');
  lines.push(
    `Looked at ${formatCount(evidence.runsConsidered, 'open run')} and ${formatCount(evidence.historiesRead, 'history', 'histories')} ` +
      `with ${formatCount(calls, 'call')}, from ${evidence.from ?? 'never'} to ${evidence.to ?? 'never'}.`,
  );
  return `\n${lines.join('\n')}\n`;
}

function waitText({ latestEnd, endlessRuns }: NonNullable<Verdict['wait']>, nowMs: number): string {
  const endless =
    endlessRuns === 0 ? '' : `${formatCount(endlessRuns, 'blocking run')} without a timeout: no end by itself.`;
  if (latestEnd === null) return endless;
  const left = formatDuration(Date.parse(latestEnd) - nowMs);
  return `The last blocking run with a timeout ends by ${latestEnd} (in ${left}). ${endless}`.trimEnd();
}
