import type { ReactNode } from 'react';
import { PaneTitle } from '#components/changes/pane-title.tsx';
import { storedFact, takenUpFact } from '#components/changes/facts.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Meaning } from '#components/ui/meaning.ts';
import { PhraseText } from '#components/ui/phrase.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Change } from '#lib/api/changes/schemas.ts';
import { operationWords } from '#lib/format/plan-words.ts';

interface OutcomePaneProps {
  readonly change: Change;
  readonly onPlanAgain: () => void;
  readonly onClose: () => void;
}

/** Step three: what became of it. “Stored” and “taken up” are two facts, each with its own time. */
export function OutcomePane({ change, onPlanAgain, onClose }: OutcomePaneProps) {
  const isStored = change.stored.is === true;
  const hasFailed = change.outcome !== null && !isStored;
  return (
    <>
      <PaneTitle>
        <span className="wrap-anywhere">{operationWords(change.operation)}</span>
      </PaneTitle>
      <output className="block wrap-anywhere empty:hidden">
        {change.outcome === 'verified' ? null : change.message}
      </output>
      <dl className="flex flex-col rounded-md border border-line">
        <FactRow {...storedFact(change)} at={change.stored.at} />
        {hasFailed ? null : <FactRow {...takenUpFact(change)} at={change.takenUp.at} />}
      </dl>
      <div className="flex flex-wrap gap-3">
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
        {hasFailed ? <Button onClick={onPlanAgain}>Plan again</Button> : null}
      </div>
    </>
  );
}

interface FactRowProps {
  readonly name: string;
  readonly meaning: Meaning;
  readonly word: string;
  readonly phrase: Parameters<typeof PhraseText>[0]['phrase'];
  readonly at: string | null;
}

function FactRow({ name, meaning, word, phrase, at }: FactRowProps): ReactNode {
  return (
    <div className="grid gap-x-4 gap-y-1 border-line px-3 py-3 not-first:border-t sm:grid-cols-[6rem_9rem_minmax(0,1fr)]">
      <dt className="font-semibold">{name}</dt>
      <dd>
        <Badge meaning={meaning}>{word}</Badge>
      </dd>
      <dd className="min-w-0">
        <PhraseText phrase={phrase} />{' '}
        {at === null ? null : (
          <span className="text-ink-soft">
            <Time iso={at} />
          </span>
        )}
      </dd>
    </div>
  );
}
