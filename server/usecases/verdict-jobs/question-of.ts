import type { PatchKind } from '#lib/domain/patches/types.ts';
import { patchKindOf, type PatchQuestion, type QuestionName } from '#lib/domain/verdict/question.ts';
import { CodedError } from '#server/errors.ts';

interface Wish {
  readonly kind: PatchKind;
  readonly question: QuestionName;
  readonly min: number | null;
}

/** A question as it travels, as the domain has it. Throws `invalid-request` when the parts do not suit each other. */
export function questionOf({ kind, question, min }: Wish): PatchQuestion {
  if (patchKindOf(question) !== kind) {
    throw new CodedError(
      'invalid-request',
      `A patch of kind ${kind} is not asked ${question}.`,
      'Ask deprecate or remove of kind core, raise-min or drop-call of kind version.',
    );
  }
  switch (question) {
    case 'deprecate':
    case 'remove':
      if (min !== null) throw wrongMin(`${question} takes no min.`);
      return { name: question };
    case 'raise-min':
    case 'drop-call':
      if (min === null) throw wrongMin(`${question} needs min.`);
      return { name: question, version: min };
  }
}

function wrongMin(message: string): CodedError {
  return new CodedError(
    'invalid-request',
    message,
    'For raise-min, min is the new minSupported; for drop-call, the version whose branch stays.',
  );
}
