import type { PatchKind } from '#lib/domain/patches/types.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { Stage } from '#lib/domain/verdict/stage.ts';
import type { VerdictAnswer } from '#lib/domain/verdict/types.ts';

interface Answered {
  readonly question: QuestionName;
  readonly answer: VerdictAnswer;
}

/** Both questions of a kind, in the order of a patch's life. */
export const QUESTIONS_OF: Readonly<Record<PatchKind, readonly [QuestionName, QuestionName]>> = {
  core: ['deprecate', 'remove'],
  version: ['raise-min', 'drop-call'],
};

/** The question that decides the next change of code. Where the stage does not tell, the last step once it is safe. */
export function nextQuestion(kind: PatchKind, stage: Stage, answers: readonly Answered[]): QuestionName {
  const [first, last] = QUESTIONS_OF[kind];
  switch (stage) {
    case 'introduced':
    case 'ready-to-deprecate':
      return first;
    case 'deprecating':
    case 'ready-to-remove':
    case 'gone':
      return last;
    case 'not-carried':
    case 'unknown':
      return answers.some(({ question, answer }) => question === last && answer === 'safe') ? last : first;
  }
}
