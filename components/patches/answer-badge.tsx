import { Badge } from '#components/ui/badge.tsx';
import type { Answer } from '#lib/api/patches/schemas.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';

/** A short noun for each question, to stand before the word of the answer. */
const STEPS: Readonly<Record<QuestionName, string>> = {
  deprecate: 'deprecate',
  remove: 'remove',
  'raise-min': 'raise minimum',
  'drop-call': 'drop call',
};

type AnswerWord = Pick<Answer, 'question' | 'min' | 'answer'>;

/** One answer as its meaning, e.g. “remove: blocked”. */
export function AnswerBadge({ answer }: { answer: AnswerWord }) {
  const min = answer.min === null ? '' : ` ${answer.min}`;
  return (
    <Badge meaning={answer.answer}>
      {STEPS[answer.question]}
      {min}: {answer.answer}
    </Badge>
  );
}
