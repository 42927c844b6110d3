'use client';

import { BuildTable } from '#components/patches/build-table.tsx';
import { ChangeList } from '#components/patches/change-list.tsx';
import { ClassCounts } from '#components/patches/class-counts.tsx';
import { HinderingWorkers } from '#components/patches/hindering-workers.tsx';
import { NextCodeSection } from '#components/patches/next-code-section.tsx';
import { ReasonList } from '#components/patches/reason-list.tsx';
import { RunTable } from '#components/patches/run-table.tsx';
import type { AnswerState } from '#components/patches/use-answer.ts';
import { Section } from '#components/ui/section.tsx';
import type { Patch } from '#lib/api/patches/schemas.ts';

interface AnswerDetailsProps {
  readonly namespace: string;
  readonly patch: Patch;
  readonly state: AnswerState;
}

/** Everything that one answer rests on, what would change it, and the code that it is about. */
export function AnswerDetails({ namespace, patch, state }: AnswerDetailsProps) {
  const { verdict, stale, question, min } = state;
  if (verdict === null) return <NextCodeSection patch={patch} question={question} min={min} answer={null} />;
  const hasWhy = verdict.reasons.length + verdict.notes.length > 0;
  return (
    <>
      {hasWhy ? (
        <Section title="Why">
          <ReasonList verdict={verdict} />
        </Section>
      ) : null}
      <ClassCounts verdict={verdict} />
      <RunTable namespace={namespace} verdict={verdict} />
      <HinderingWorkers namespace={namespace} verdict={verdict} />
      <BuildTable verdict={verdict} />
      <ChangeList namespace={namespace} patch={patch} verdict={verdict} state={state} />
      <NextCodeSection
        patch={patch}
        question={question}
        min={min}
        answer={stale === null || verdict.answer === 'blocked' ? verdict.answer : 'unknown'}
      />
    </>
  );
}
