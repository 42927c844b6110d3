import type { Verdict } from '#lib/api/verdict/schemas.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';

/** The question that an answer speaks of, as the domain has it. Answers about versions always name one. */
export function askedQuestion({ question, min }: Pick<Verdict, 'question' | 'min'>): PatchQuestion {
  switch (question) {
    case 'deprecate':
    case 'remove':
      return { name: question };
    case 'raise-min':
    case 'drop-call':
      return { name: question, version: min ?? -1 };
  }
}
