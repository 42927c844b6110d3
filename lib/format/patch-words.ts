import { type PatchStage, type StageCounts, stageOf } from '#lib/domain/patches/stage.ts';
import type { PatchKind } from '#lib/domain/patches/types.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import { formatCount } from '#lib/format/count.ts';
import { QUESTION_WORDS } from '#lib/format/verdict-words.ts';

/** The parts of an answer that a sentence needs (`lib/api/patches/schemas.ts`). */
interface AnswerFacts {
  readonly question: QuestionName;
  readonly min: number | null;
  readonly answer: 'safe' | 'blocked' | 'unknown';
  readonly reasons: readonly { readonly code: string; readonly count: number | null }[];
}

interface PatchFacts {
  readonly kind: PatchKind;
  readonly isSeen: boolean;
  readonly totals: StageCounts;
  readonly answers: readonly AnswerFacts[];
}

export const KIND_WORDS: Readonly<Record<PatchKind, { short: string; long: string }>> = {
  core: { short: 'patched', long: 'patched and deprecate_patch (Python, TypeScript, .NET, Ruby)' },
  version: { short: 'GetVersion', long: 'GetVersion (Go, Java, PHP)' },
};

export const STAGE_WORDS: Readonly<Record<PatchStage, string>> = {
  introduced: 'introduced',
  deprecating: 'deprecating',
  'not-carried': 'in no open run',
  unknown: 'not known yet',
};

/** The question that decides a patch's next step. */
export function nextQuestion(kind: PatchKind, counts: StageCounts): QuestionName {
  if (kind === 'version') return 'raise-min';
  return stageOf(kind, counts) === 'deprecating' ? 'remove' : 'deprecate';
}

export interface OpeningWords {
  readonly meaning: 'safe' | 'blocked' | 'unknown';
  readonly words: string;
}

/** The sentence that a patch's page opens with: the answer to its next step. */
export function patchOpening(patch: PatchFacts): OpeningWords {
  if (!patch.isSeen) {
    return {
      meaning: 'unknown',
      words: 'No open or remembered run carries this patch. Check the spelling, letter case included.',
    };
  }
  const question = nextQuestion(patch.kind, patch.totals);
  const answer = patch.answers.find((entry) => entry.question === question);
  if (answer === undefined)
    return { meaning: 'unknown', words: 'No open run carries this patch now; whether its code may go is unknown.' };
  switch (answer.answer) {
    case 'safe':
      return { meaning: 'safe', words: 'The next step is safe.' };
    case 'blocked':
      return { meaning: 'blocked', words: blockedWords(answer) };
    case 'unknown':
      return {
        meaning: 'unknown',
        words: `${QUESTION_WORDS[question].title} Unknown: ${QUESTION_WORDS[question].unknown}`,
      };
  }
}

function blockedWords(answer: AnswerFacts): string {
  const told = answer.reasons.flatMap(({ code, count }) => blocker(code, count ?? 0, answer.min));
  return told.length === 0 ? 'Open runs block the next step.' : `${told.join('; ')}.`;
}

function blocker(code: string, count: number, min: number | null): readonly string[] {
  const runs = formatCount(count, 'open run');
  switch (code) {
    case 'marker-live':
      return [`${runs} still ${count === 1 ? 'needs' : 'need'} the call`];
    case 'may-hold-old-branch':
      return [`${runs} may still be on the old branch`];
    case 'version-below-min':
      return [`${runs} recorded a version below ${min ?? 'the new minimum'}`];
    case 'version-differs':
      return [`${runs} recorded another version than ${min ?? 'the one that stays'}`];
    default:
      return [];
  }
}

/** The line that asks the same from a pipeline, quoted for a POSIX shell. */
export function checkCommand(namespace: string, id: string, question: QuestionName, min: number | null): string {
  const version = min === null ? '' : ` --min ${min}`;
  return `patchboard check --namespace ${shellQuote(namespace)} --patch ${shellQuote(id)} --question ${question}${version}`;
}

function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
