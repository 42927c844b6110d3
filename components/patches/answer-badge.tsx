import { Badge } from '#components/ui/badge.tsx';
import type { BriefAnswer } from '#lib/api/verdict/schemas.ts';
import { STEP_WORDS } from '#lib/format/patch-words.ts';

/** One answer as its meaning, e.g. “remove: blocked”. What nobody asked says so: the picture alone never clears. */
export function AnswerBadge({ answer: { question, min, answer, source } }: { answer: BriefAnswer }) {
  const version = min === null ? '' : ` ${min}`;
  const notAsked = source === 'picture' && answer === 'unknown' ? ', not asked' : '';
  return (
    <Badge meaning={answer}>
      {STEP_WORDS[question]}
      {version}: {answer}
      {notAsked}
    </Badge>
  );
}
