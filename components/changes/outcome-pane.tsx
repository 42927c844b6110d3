import type { ReactNode } from 'react';
import { PaneTitle } from '#components/changes/pane-title.tsx';
import type { ChangeStart, NextStart } from '#components/changes/change-start.ts';
import { storedFact, takenUpFact } from '#components/changes/facts.ts';
import { isUndoable } from '#components/changes/is-undoable.ts';
import { NextOrClose } from '#components/changes/next-or-close.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Meaning } from '#components/ui/meaning.ts';
import { Note } from '#components/ui/note.tsx';
import { PhraseText } from '#components/ui/phrase.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import { errorWords } from '#lib/api/shared/api-error.ts';
import { OUTCOME_WORDS } from '#lib/format/plan-words.ts';

interface OutcomePaneProps {
  readonly change: ChangeDetail;
  /** What became of the change since cannot be asked now. */
  readonly watchError: Error | null;
  /** The step that follows, where there is one. */
  readonly next: NextStart | null;
  /** Whether taking it back is offered here; the history offers it always. */
  readonly canUndo: boolean;
  readonly onBegin: (start: ChangeStart) => void;
  readonly onPlanAgain: () => void;
  readonly onClose: () => void;
}

/** Step three: what became of it. “Stored” and “taken up” are two facts, each with its own time. */
export function OutcomePane(props: OutcomePaneProps) {
  const { change, watchError, next, canUndo, onBegin, onPlanAgain, onClose } = props;
  const isStored = change.stored.is === true;
  const hasFailed = change.outcome !== null && !isStored;
  return (
    <>
      <PaneTitle>
        {change.outcome === null
          ? 'Still settling: whether it was written is not known yet.'
          : OUTCOME_WORDS[change.outcome]}
      </PaneTitle>
      <p className="wrap-anywhere empty:hidden">{messageOf(change)}</p>
      <output className="sr-only">
        Stored: {storedFact(change).word}. Taken up: {takenUpFact(change).word}.
      </output>
      {change.outcome === null ? <Settling watchError={watchError} /> : null}
      <FactRows change={change} />
      {watchError === null || change.outcome === null ? null : <Away error={watchError} />}
      <div className="flex flex-wrap gap-3">
        <NextOrClose next={next} onBegin={onBegin} onClose={onClose} />
        {canUndo && isUndoable(change) ? <Button onClick={() => onBegin({ kind: 'undo', change })}>Undo</Button> : null}
        {hasFailed ? <Button onClick={onPlanAgain}>Plan again</Button> : null}
      </div>
    </>
  );
}

/** What the heading has not said yet, e.g. Temporal's own words. */
export function messageOf({ outcome, message }: Pick<ChangeDetail, 'outcome' | 'message'>): string | null {
  if (outcome === null || outcome === 'verified' || message === OUTCOME_WORDS[outcome]) return null;
  return message;
}

/** Both facts of a change; the second only while it may still come true. */
export function FactRows({ change }: Pick<OutcomePaneProps, 'change'>) {
  const hasFailed = change.outcome !== null && change.stored.is !== true;
  return (
    <dl className="flex flex-col rounded-md border border-line">
      <FactRow {...storedFact(change)} at={change.stored.at} />
      {hasFailed ? null : <FactRow {...takenUpFact(change)} at={change.takenUp.at} />}
    </dl>
  );
}

function Settling({ watchError }: Pick<OutcomePaneProps, 'watchError'>) {
  return (
    <Note meaning="unknown">
      <p>
        Do not send it again. Patchboard reads Temporal until it is clear, also when this page is closed; the history
        shows the end.
      </p>
      {watchError === null ? null : (
        <p className="wrap-anywhere">{errorWords(watchError).message} This page keeps asking.</p>
      )}
    </Note>
  );
}

function Away({ error }: { error: Error }) {
  return (
    <Note meaning="unknown">
      <p className="wrap-anywhere">
        {errorWords(error).message} What stands here is as it was last seen; this page keeps asking.
      </p>
    </Note>
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
