import type { PatchItem } from '#lib/api/patches/schemas.ts';
import { nextQuestion } from '#lib/domain/patches/next-question.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';

export interface ToAsk {
  readonly id: string;
  readonly patch: PatchRef;
  readonly question: QuestionName;
  readonly min: number | null;
}

/** The next question of each patch. One that names a version no open run recorded has nothing to ask. */
export function questionsToAsk(patches: readonly PatchItem[]): readonly ToAsk[] {
  return patches.flatMap(({ kind, id, stage, answers }) => {
    const question = nextQuestion(kind, stage, answers);
    const min = answers.find((answer) => answer.question === question)?.min ?? null;
    return kind === 'version' && min === null ? [] : [{ id, patch: { kind, id }, question, min }];
  });
}
