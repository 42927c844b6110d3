'use client';

import { parseAsInteger, useQueryState } from 'nuqs';
import { type ReactNode, useState } from 'react';
import { DeclaredFacts } from '#components/declarations/declared-facts.tsx';
import { AnswerDetails } from '#components/patches/answer-details.tsx';
import { AnswerOpening } from '#components/patches/answer-opening.tsx';
import { AskBar } from '#components/patches/ask-bar.tsx';
import { OtherQuestion } from '#components/patches/other-question.tsx';
import { PatchAbout } from '#components/patches/patch-about.tsx';
import { PatchStepper } from '#components/patches/patch-stepper.tsx';
import { TypeTable } from '#components/patches/type-table.tsx';
import { useAnswer } from '#components/patches/use-answer.ts';
import { VersionField } from '#components/patches/version-field.tsx';
import { Note } from '#components/ui/note.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { PictureNote } from '#components/ui/picture-note.tsx';
import { Section } from '#components/ui/section.tsx';
import type { Patch } from '#lib/api/patches/schemas.ts';
import { nextQuestion, QUESTIONS_OF } from '#lib/domain/patches/next-question.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import { alarmWords, patchOpening } from '#lib/format/patch-words.ts';

interface LoadedPatchProps {
  readonly namespace: string;
  readonly patch: Patch;
  readonly title: ReactNode;
}

/** A patch that is known. GetVersion's questions are about one version, which the address may name. */
export function LoadedPatch({ namespace, patch, title }: LoadedPatchProps) {
  const [wanted, setWanted] = useQueryState('version', parseAsInteger);
  const question = useNextQuestion(patch);
  const other = QUESTIONS_OF[patch.kind].find((name) => name !== question) ?? question;
  const minOf = (name: QuestionName): number | null =>
    patch.kind === 'core' ? null : (wanted ?? patch.answers.find((answer) => answer.question === name)?.min ?? null);
  const min = minOf(question);
  return (
    <NextStep
      // Another question or version is asked anew.
      key={`${question} ${min}`}
      {...{ namespace, patch, title, question, min }}
      version={
        patch.kind === 'core' ? null : (
          <VersionField question={question} version={min} onVersion={(value) => void setWanted(value)} />
        )
      }
    >
      <OtherQuestion key={minOf(other)} namespace={namespace} patch={patch} question={other} min={minOf(other)} />
    </NextStep>
  );
}

/** It only goes forward while the page is open: an answer that expires must not turn the page back to the step before. */
function useNextQuestion(patch: Patch): QuestionName {
  const [, last] = QUESTIONS_OF[patch.kind];
  const next = nextQuestion(patch.kind, patch.stage, patch.answers);
  const [hasReachedLast, setHasReachedLast] = useState(next === last);
  if (next === last && !hasReachedLast) setHasReachedLast(true);
  return hasReachedLast ? last : next;
}

interface NextStepProps extends LoadedPatchProps {
  readonly question: QuestionName;
  readonly min: number | null;
  readonly version: ReactNode;
  /** The other question. */
  readonly children: ReactNode;
}

function NextStep({ namespace, patch, title, question, min, version, children }: NextStepProps) {
  const state = useAnswer(namespace, patch, question, min, { asksItself: patch.stage !== 'gone' });
  const { ask } = state;
  const isPicture = state.verdict?.source !== 'asked';
  return (
    <PageFrame
      title={title}
      opening={<AnswerOpening opening={patchOpening(patch, state.verdict)} patch={patch} state={state} />}
    >
      <div className="flex min-w-0 flex-col gap-3">
        {patch.alarms.map((alarm) => (
          <Note key={alarm.code} meaning="attention">
            {alarmWords(alarm)}
          </Note>
        ))}
        <AskBar state={state} />
        {version}
        {isPicture ? <PictureNote picture={patch.picture} /> : null}
      </div>
      <PatchStepper patch={patch} shown={state.stale === null ? state.verdict : null} />
      <AnswerDetails namespace={namespace} patch={patch} state={state} />
      <DeclaredFacts
        namespace={namespace}
        patch={patch}
        verdict={state.verdict}
        onAskAgain={ask === null ? null : () => ask('open')}
      />
      <Section title="The other question">{children}</Section>
      <PatchAbout namespace={namespace} patch={patch} question={question} min={min} />
      {isPicture ? null : <PictureNote picture={patch.picture} />}
      <TypeTable patch={patch} />
    </PageFrame>
  );
}
