'use client';

import { useState } from 'react';
import { AnswerBadge } from '#components/patches/answer-badge.tsx';
import { AnswerDetails } from '#components/patches/answer-details.tsx';
import { AnswerOpening } from '#components/patches/answer-opening.tsx';
import { AskBar } from '#components/patches/ask-bar.tsx';
import { Disclosure } from '#components/patches/disclosure.tsx';
import { useAnswer } from '#components/patches/use-answer.ts';
import type { Patch } from '#lib/api/patches/schemas.ts';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { OpeningWords } from '#lib/format/patch-words.ts';
import { answerSentence, questionTitle } from '#lib/format/verdict-words.ts';

interface OtherQuestionProps {
  readonly namespace: string;
  readonly patch: Patch;
  readonly question: QuestionName;
  readonly min: number | null;
}

/** The question that is not the next step's, closed at first; it is never asked by itself. */
export function OtherQuestion(props: OtherQuestionProps) {
  const { patch, question, min } = props;
  const [isOpen, setIsOpen] = useState(false);
  const answer = patch.answers.find((entry) => entry.question === question && entry.min === min);
  return (
    <Disclosure
      className="rounded-md border border-line px-3 py-1"
      onToggle={setIsOpen}
      summary={
        <>
          <span className="font-semibold">{questionTitle({ question, min })}</span>
          {answer === undefined ? null : <AnswerBadge answer={answer} />}
        </>
      }
    >
      {isOpen ? <OtherAnswer {...props} /> : null}
    </Disclosure>
  );
}

function OtherAnswer({ namespace, patch, question, min }: OtherQuestionProps) {
  const state = useAnswer(namespace, patch, question, min, { asksItself: false });
  return (
    <div className="flex min-w-0 flex-col gap-8 py-3">
      <div className="flex flex-col gap-4">
        <AnswerOpening opening={openingOf(state.verdict)} patch={patch} state={state} />
        <AskBar state={state} />
      </div>
      <AnswerDetails namespace={namespace} patch={patch} state={state} />
    </div>
  );
}

function openingOf(verdict: Verdict | null): OpeningWords {
  return verdict === null
    ? { meaning: 'unknown', words: 'Nobody asked, and the picture has no answer.' }
    : { meaning: verdict.answer, words: answerSentence(verdict) };
}
