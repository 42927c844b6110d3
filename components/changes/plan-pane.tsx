'use client';

import { NextStepPane } from '#components/changes/next-step-pane.tsx';
import { PaneTitle } from '#components/changes/pane-title.tsx';
import { SetsColumn } from '#components/changes/sets-column.tsx';
import type { ChangeFlow } from '#components/changes/use-change-flow.ts';
import { Button } from '#components/ui/button.tsx';
import { useNow } from '#components/ui/clock.tsx';
import { Note } from '#components/ui/note.tsx';
import { AbsoluteTime } from '#components/ui/time.tsx';
import { applyWords } from '#lib/format/change-words.ts';
import { NOTE_TONE, noteWords } from '#lib/format/plan-words.ts';

interface PlanPaneProps {
  readonly flow: ChangeFlow;
  readonly planned: NonNullable<ChangeFlow['planned']>;
  readonly onPlanAgain: () => void;
  readonly onClose: () => void;
}

/** Step two: before and after side by side, what moves in words, the risks, and the one button that writes. */
export function PlanPane({ flow, planned: { plan }, onPlanAgain, onClose }: PlanPaneProps) {
  const isExpired = useNow() >= Date.parse(plan.expiresAt);
  const moves = plan.notes.filter((note) => NOTE_TONE[note.code] === 'plain');
  const risks = plan.notes.filter((note) => NOTE_TONE[note.code] === 'caution');
  return (
    <>
      <PaneTitle>{plan.isAlreadySo ? 'Temporal already has this state' : 'What changes'}</PaneTitle>
      <div className="grid gap-4 sm:grid-cols-2">
        <SetsColumn title="Before" sets={plan.before} earlier={null} />
        <SetsColumn title="After" sets={plan.after} earlier={plan.before} />
      </div>
      <ul aria-label="What moves and what stays" className="flex list-disc flex-col gap-1 pl-5">
        {moves.map((note) => (
          <li key={noteWords(note)} className="wrap-anywhere">
            {noteWords(note)}
          </li>
        ))}
      </ul>
      {risks.map((note) => (
        <Note key={noteWords(note)} meaning="attention">
          <span className="wrap-anywhere">{noteWords(note)}</span>
        </Note>
      ))}
      {flow.applyError === null && !isExpired ? (
        <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
          {plan.isAlreadySo ? (
            <Button look="primary" onClick={onClose}>
              Close
            </Button>
          ) : (
            <Button look="primary" isBusy={flow.isApplying} onClick={flow.apply}>
              <span className="wrap-anywhere">
                {flow.isApplying ? 'Writing and reading back' : applyWords(plan.operation)}
              </span>
            </Button>
          )}
          {flow.isApplying ? null : <Button onClick={flow.chooseAgain}>Back</Button>}
          <span className="text-sm text-ink-soft">
            The plan is valid until <AbsoluteTime iso={plan.expiresAt} />.
          </span>
        </div>
      ) : (
        <NextStepPane
          error={flow.applyError}
          isBusy={flow.isApplying}
          onPlanAgain={onPlanAgain}
          onChooseAgain={flow.chooseAgain}
          onAskAgain={flow.apply}
          onClose={onClose}
        />
      )}
    </>
  );
}
