'use client';

import { ReasonRuns } from '#components/patches/reason-runs.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/section.tsx';
import type { Answer, Reason } from '#lib/api/patches/schemas.ts';
import { formatCount } from '#lib/format/count.ts';
import { QUESTION_WORDS, wordsOf } from '#lib/format/verdict-words.ts';

/** One question with its answer, every reason in words, the runs it rests on, and what would change it. */
export function AnswerPanel({ namespace, answer }: { namespace: string; answer: Answer }) {
  const words = QUESTION_WORDS[answer.question];
  return (
    <Card>
      <div className="flex flex-col gap-4 p-4">
        <div className="flex flex-wrap items-center gap-2">
          <Badge meaning={answer.answer} />
          <h3 className="font-semibold">
            {words.title}
            {answer.min === null ? null : <span className="text-ink-soft"> (version {answer.min})</span>}
          </h3>
        </div>
        <ul className="flex flex-col gap-4">
          {answer.reasons.map((reason) => (
            <ReasonItem key={reason.code} namespace={namespace} reason={reason} />
          ))}
        </ul>
        <p className="text-sm text-ink-soft">
          {formatCount(answer.evidence.runsConsidered, 'open run')} considered,{' '}
          {formatCount(answer.evidence.historiesRead, 'history', 'histories')} read. Closed runs are not looked at.
        </p>
      </div>
    </Card>
  );
}

function ReasonItem({ namespace, reason }: { namespace: string; reason: Reason }) {
  const { title, sentence, change } = wordsOf(reason.code);
  return (
    <li className="flex min-w-0 flex-col gap-1">
      <p className="font-medium">
        {title}
        {reason.count === null ? null : <span className="text-ink-soft"> ({reason.count})</span>}{' '}
        <code className="font-mono text-sm font-normal text-ink-soft">{reason.code}</code>
      </p>
      <p className="max-w-prose">{sentence}</p>
      <p className="max-w-prose text-ink-soft">{change}</p>
      {reason.examples.length === 0 ? null : (
        <ReasonRuns namespace={namespace} title={title} examples={reason.examples} count={reason.count} />
      )}
    </li>
  );
}
