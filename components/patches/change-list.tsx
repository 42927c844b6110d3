'use client';

import { type ReactNode, useState } from 'react';
import { DeclareDialog } from '#components/declarations/declare-dialog.tsx';
import { useWhyNoDeclaring } from '#components/declarations/use-declare.ts';
import { changesFor, type ReasonChange } from '#components/patches/changes-for.ts';
import { askedQuestion } from '#lib/api/verdict/asked-question.ts';
import { Disclosure } from '#components/patches/disclosure.tsx';
import { RemedyItem } from '#components/patches/remedy-item.tsx';
import type { AnswerState } from '#components/patches/use-answer.ts';
import { useNow } from '#components/ui/clock.tsx';
import { Section } from '#components/ui/section.tsx';
import type { Patch } from '#lib/api/patches/schemas.ts';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import { waitWords, wordsOf } from '#lib/format/verdict-words.ts';

interface ChangeListProps {
  readonly namespace: string;
  readonly patch: Patch;
  readonly verdict: Verdict;
  readonly state: AnswerState;
}

/** What would change the answer: for each reason what to wait for, stop, declare or ask. */
export function ChangeList({ namespace, patch, verdict, state }: ChangeListProps) {
  const [draft, setDraft] = useState<FactClaim | null>(null);
  const whyNot = useWhyNoDeclaring(namespace);
  const question = askedQuestion(verdict);
  const ref = { kind: patch.kind, id: patch.id };
  const { first, later } = changesFor(verdict, question, patch.id);
  if (first.length === 0) return null;
  // It counts all blocking runs together, so it is told once.
  const firstWait = first.find(({ remedies }) => remedies.some(({ kind }) => kind === 'wait-for-runs'));
  const { ask } = state;
  const askAgain = ask === null ? null : () => ask(verdict.evidence.policy);
  const listOf = (changes: readonly ReasonChange[]) => (
    <ul className="flex flex-col divide-y divide-line rounded-md border border-line bg-surface">
      {changes.map((change) => (
        <ReasonChangeItem key={change.code} change={change} wait={change === firstWait ? verdict.wait : null}>
          {change.remedies.map((remedy) => (
            <RemedyItem
              key={JSON.stringify(remedy)}
              remedy={remedy}
              namespace={namespace}
              patch={ref}
              verdict={verdict}
              onDeclare={setDraft}
              whyNoDeclaring={whyNot}
              onAsk={state.isGathering ? null : askAgain}
            />
          ))}
        </ReasonChangeItem>
      ))}
    </ul>
  );
  return (
    <Section
      title="What would change the answer"
      {...(whyNot === null ? {} : { about: `Facts cannot be declared here: ${whyNot}` })}
    >
      {listOf(first)}
      {later.length === 0 ? null : (
        <Disclosure
          summary={
            <span className="text-ink-soft">
              Then still to settle: {later.map(({ code }) => wordsOf(code).title.toLowerCase()).join('; ')}
            </span>
          }
        >
          {listOf(later)}
        </Disclosure>
      )}
      {draft === null ? null : (
        <DeclareDialog
          namespace={namespace}
          patch={ref}
          initial={draft}
          onAskAgain={askAgain}
          onClose={() => setDraft(null)}
        />
      )}
    </Section>
  );
}

interface ReasonChangeItemProps {
  readonly change: ReasonChange;
  /** When the blocking runs end; null: told elsewhere, or no wait helps. */
  readonly wait: Verdict['wait'];
  readonly children: ReactNode;
}

function ReasonChangeItem({ change: { code }, wait, children }: ReasonChangeItemProps) {
  const nowMs = useNow();
  const { title, change } = wordsOf(code);
  return (
    <li className="flex min-w-0 flex-col gap-2 px-3 py-3">
      <div>
        <p className="font-semibold">{title}</p>
        <p>
          {change} {wait === null ? '' : waitWords(wait, nowMs)}
        </p>
      </div>
      <ul className="flex min-w-0 flex-col gap-3 empty:hidden">{children}</ul>
    </li>
  );
}
