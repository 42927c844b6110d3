import { nextQuestion } from '#lib/domain/patches/next-question.ts';
import type { PatchKind, PatchRef } from '#lib/domain/patches/types.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { Stage } from '#lib/domain/verdict/stage.ts';
import type { VerdictAnswer } from '#lib/domain/verdict/types.ts';
import { formatCount, formatNumber } from '#lib/format/count.ts';
import { shellQuote } from '#lib/format/shell-quote.ts';
import { ANSWER_WORDS, answerSentence, type VerdictFacts } from '#lib/format/verdict-words.ts';

interface PatchFacts {
  readonly kind: PatchKind;
  readonly isSeen: boolean;
  readonly stage: Stage;
}

export const KIND_WORDS: Readonly<Record<PatchKind, { short: string; long: string }>> = {
  core: { short: 'patched', long: 'patched and deprecate_patch (Python, TypeScript, .NET, Ruby)' },
  version: { short: 'GetVersion', long: 'GetVersion (Go, Java, PHP)' },
};

/** The core words; a GetVersion patch is not deprecated but has its minimum raised. */
const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  introduced: 'introduced',
  'ready-to-deprecate': 'ready to deprecate',
  deprecating: 'deprecating',
  'ready-to-remove': 'ready to remove',
  gone: 'gone',
  'not-carried': 'in no open run',
  unknown: 'not known yet',
};

const VERSION_STAGE_WORDS: Readonly<Partial<Record<Stage, string>>> = {
  'ready-to-deprecate': 'ready to raise',
  deprecating: 'minimum raised',
  'ready-to-remove': 'ready to drop',
};

export function stageWords(kind: PatchKind, stage: Stage): string {
  return (kind === 'version' ? VERSION_STAGE_WORDS[stage] : undefined) ?? STAGE_WORDS[stage];
}

export interface OpeningWords {
  /** null: the sentence judges nothing, or says several things. */
  readonly meaning: VerdictAnswer | null;
  readonly words: string;
}

/** The sentence that a patch's page opens with: the answer to its next step. null: there is no answer to it yet. */
export function patchOpening(patch: PatchFacts, answer: VerdictFacts | null): OpeningWords {
  if (!patch.isSeen && (answer === null || answer.reasons.some(({ code }) => code === 'never-seen'))) {
    return {
      meaning: 'unknown',
      words: 'No open or remembered run carries this patch. Check the spelling, letter case included.',
    };
  }
  if (patch.stage === 'gone' && answer?.answer !== 'blocked') {
    return { meaning: null, words: 'Gone: no open run carries it, and no worker that writes it polls.' };
  }
  if (answer !== null) return { meaning: answer.answer, words: answerSentence(answer) };
  return {
    meaning: 'unknown',
    words: 'No open run carries this patch now, so there is no version to ask about by itself.',
  };
}

interface ListedPatch {
  readonly kind: PatchKind;
  readonly stage: Stage;
  readonly answers: readonly { readonly question: QuestionName; readonly answer: VerdictAnswer }[];
}

/** The answer of each patch to its own next step; `unknown` where there is nothing to ask. */
export function nextAnswer({ kind, stage, answers }: ListedPatch): VerdictAnswer {
  const question = nextQuestion(kind, stage, answers);
  return answers.find((answer) => answer.question === question)?.answer ?? 'unknown';
}

/** The answers to the next steps of a list: `the next step is safe for 2 patches, blocked for 1, unknown for 3`. */
export function stepsWords(patches: readonly ListedPatch[]): OpeningWords {
  const answers = patches.map(nextAnswer);
  const parts = (['safe', 'blocked', 'unknown'] as const).flatMap((answer) => {
    const count = answers.filter((own) => own === answer).length;
    return count === 0 ? [] : [{ answer, count }];
  });
  const words = parts.map(({ answer, count }, index) => {
    const how = index === 0 ? formatCount(count, 'patch', 'patches') : formatNumber(count);
    return `${ANSWER_WORDS[answer].word} for ${how}`;
  });
  const [only] = parts;
  return {
    meaning: parts.length === 1 && only !== undefined ? only.answer : null,
    words: `the next step is ${words.join(', ')}`,
  };
}

/** What stands for “one a question” in a list: `remove`, `raise minimum 2`. */
export const STEP_WORDS: Readonly<Record<QuestionName, string>> = {
  deprecate: 'deprecate',
  remove: 'remove',
  'raise-min': 'raise minimum',
  'drop-call': 'drop call',
};

/** The line that asks the same from a pipeline, quoted for a POSIX shell. */
export function checkCommand(namespace: string, { id }: PatchRef, question: QuestionName, min: number | null): string {
  const version = min === null ? '' : ` --min ${min}`;
  return `patchboard check --namespace ${shellQuote(namespace)} --patch ${shellQuote(id)} --question ${question}${version}`;
}

const ALARM_WORDS: Readonly<Record<string, (count: number | null) => string>> = {
  nondeterminism: (count) =>
    `${count === null ? 'Open runs' : formatCount(count, 'open run')} ${count === 1 ? 'does' : 'do'} not go on: workflow tasks fail with a nondeterminism error.`,
  'newest-stopped-writing': (count) =>
    `Open runs may break: the newest build is not known to have the call, and ${count === null ? 'open runs carry' : `${formatCount(count, 'open run')} ${count === 1 ? 'carries' : 'carry'}`} the patch.`,
  'came-back': () => 'It was gone and is back: an open run carries it again. An id must not be used twice.',
};

/** What somebody should look at although no question was asked. */
export function alarmWords({ code, count }: { readonly code: string; readonly count: number | null }): string {
  return ALARM_WORDS[code]?.(count) ?? code;
}
