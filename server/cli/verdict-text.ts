import { toFactClaim } from '#lib/api/declarations/claim.ts';
import type { Declaration } from '#lib/api/declarations/schemas.ts';
import type { Check, Note, Reason, RunExample, Verdict } from '#lib/api/verdict/schemas.ts';
import { isBlockingCode } from '#lib/domain/verdict/reason-order.ts';
import { formatCount } from '#lib/format/count.ts';
import { claimWords, identityName } from '#lib/format/declare-words.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { formatDuration } from '#lib/format/relative-time.ts';
import {
  ANSWER_WORDS,
  answerSentence,
  evidenceWords,
  noteWordsOf,
  policyWords,
  QUESTION_WORDS,
  waitWords,
  wordsOf,
} from '#lib/format/verdict-words.ts';
import { remedyLines } from '#server/cli/remedy-lines.ts';
import { textTable } from '#server/cli/text-table.ts';

/** ANSI colours of the answers: the meaning always comes with an icon and a word too. */
const COLOURS = { safe: '\u001B[32m', blocked: '\u001B[31m', unknown: '\u001B[90m' } as const;
const RESET = '\u001B[0m';

interface TextOptions {
  readonly hasColor: boolean;
  /** Epoch ms, for ages. */
  readonly nowMs: number;
}

type Part = Check['byNamespace'][number];

/** The answer for a reader: sentence first, then each reason with its runs and what would change it, then the evidence. */
export function verdictText(check: Check, options: TextOptions): string {
  const parts = [`${label(check, options)}: ${answerSentence(check)}\n`, questionLine(check)];
  for (const part of check.byNamespace) {
    if (check.byNamespace.length > 1)
      parts.push(`\n${label(part, options)} in namespace ${escapeText(part.namespace)}\n`);
    parts.push(reasonsText(part, check, options), notesText(part.notes), factsText(part), evidenceText(part, options));
  }
  if (check.answer === 'safe') {
    const { presumes, warning } = QUESTION_WORDS[check.question];
    parts.push(`\n${presumes === null ? '' : `${presumes}\n`}After it: ${warning}\n`);
  }
  return parts.join('');
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
function reasonsText(part: Part, check: Check, options: TextOptions): string {
  const told = part.answer === 'blocked' ? part.reasons.filter(({ code }) => isBlockingCode(code)) : part.reasons;
  const text = told.map((reason) => reasonText(reason, { part, check, options })).join('');
  const others = part.reasons.filter((reason) => !told.includes(reason)).map(nameOf);
  return others.length === 0 ? text : `${text}\nBeside that, not known: ${others.join('; ')}.\n`;
}

function nameOf({ code, count }: Pick<Reason, 'code' | 'count'>): string {
  return `${wordsOf(code).title}${count === null ? '' : ` (${count})`} [${code}]`;
}

interface ReasonFrame {
  readonly part: Part;
  readonly check: Check;
  readonly options: TextOptions;
}

function reasonText(reason: Reason, { part, check, options }: ReasonFrame): string {
  const { code, count, examples, workers, workflowTypes } = reason;
  const { sentence, change } = wordsOf(code);
  const lines = [`\n${nameOf({ code, count })}`, `  ${sentence}`];
  if (examples.length > 0) lines.push(...indented(examplesTable(examples, options.nowMs)));
  for (const worker of workers) lines.push(`    ${workerLine(worker, options.nowMs)}`);
  if (code === 'types-not-declared' && workflowTypes.length > 0) {
    lines.push(`    Not looked at: ${workflowTypes.map(escapeText).join(', ')}`);
  }
  const hidden = (count ?? 0) - examples.length - workers.length;
  if (hidden > 0 && examples.length > 0) lines.push(`    … and ${hidden} more`);
  lines.push(`  To change it: ${change}`);
  lines.push(...remedyLines(reason, { check, namespace: part.namespace }).map((line) => `    ${line}`));
  return `${lines.join('\n')}\n`;
}

function workerLine({ identity, taskQueue, pollers, lastPoll }: Reason['workers'][number], nowMs: number): string {
  const who = identity === null ? `a build without a name on queue ${escapeText(taskQueue)}` : identityName(identity);
  if (pollers.length === 0) return `${who}: routing names it, nothing polls with it`;
  const age = lastPoll === null ? '' : `, last ${formatDuration(nowMs - Date.parse(lastPoll))} ago`;
  return `${who}: ${pollers.map(escapeText).join(', ')} ${pollers.length === 1 ? 'polls' : 'poll'}${age}`;
}

function examplesTable(examples: readonly RunExample[], nowMs: number): string {
  return textTable(
    [
      { title: 'WORKFLOW', value: (run) => run.workflowId },
      { title: 'RUN', value: (run) => run.runId },
      { title: 'TYPE', value: (run) => run.workflowType },
      { title: 'QUEUE', value: (run) => run.taskQueue },
      { title: 'BUILD', value: (run) => run.buildId ?? 'none' },
      { title: 'AGE', value: (run) => formatDuration(nowMs - Date.parse(run.startTime)) },
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

/** Which closed runs were left out is told with the policy. */
function notesText(notes: readonly Note[]): string {
  return notes
    .filter(({ code }) => code !== 'closed-not-looked-at')
    .map(
      ({ code, count }) =>
        `\nNote: ${noteWordsOf(code).title}${count === null ? '' : ` (${count})`}. ${noteWordsOf(code).sentence}\n`,
    )
    .join('');
}

function factsText({ assumptions, contradictions }: Part): string {
  const assumed = assumptions.map((fact) => `  assuming ${factWords(fact)}\n`);
  const voided = contradictions.map(
    ({ fact, seen }) => `  contradicted by ${escapeText(seen)}, so not used: ${factWords(fact)}\n`,
  );
  return assumed.length + voided.length === 0 ? '' : `\n${[...assumed, ...voided].join('')}`;
}

function factWords({ claim, declaredBy, declaredAt, isConfigured }: Declaration): string {
  const when = isConfigured || declaredBy.startsWith('--') ? '' : `, ${declaredAt}`;
  return `${claimWords(toFactClaim(claim))} (${escapeText(declaredBy)}${when})`;
}

function evidenceText(part: Part, { nowMs }: TextOptions): string {
  const { evidence, wait, isStoppedAtBlocker } = part;
  const lines: string[] = [];
  if (wait !== null) lines.push(waitWords(wait, nowMs));
  if (isStoppedAtBlocker) lines.push('Reading stopped at the first run that blocks: counts are at least these.');
  else lines.push(policyWords(part));
  lines.push(
    `${evidenceWords(evidence)}, with ${formatCount(evidence.calls, 'call')}, from ${evidence.from ?? 'never'} to ${evidence.to ?? 'never'}.`,
  );
  return `\n${lines.join('\n')}\n`;
}
