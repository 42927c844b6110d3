'use client';

import { useState } from 'react';
import type { ChangeStart, NextStart } from '#components/changes/change-start.ts';
import { BeforeAfter } from '#components/changes/before-after.tsx';
import { ConfirmField } from '#components/changes/confirm-field.tsx';
import { LostPane } from '#components/changes/lost-pane.tsx';
import { NextOrClose } from '#components/changes/next-or-close.tsx';
import { NextStepPane } from '#components/changes/next-step-pane.tsx';
import { PaneTitle } from '#components/changes/pane-title.tsx';
import { PlanFacts } from '#components/changes/plan-facts.tsx';
import { Moves, Risks } from '#components/changes/plan-notes.tsx';
import type { ChangeFlow } from '#components/changes/use-change-flow.ts';
import { Button } from '#components/ui/button.tsx';
import { useNow } from '#components/ui/clock.tsx';
import { AbsoluteTime } from '#components/ui/time.tsx';
import type { ChangePlan } from '#lib/api/changes/schemas.ts';
import { applyWords } from '#lib/format/change-words.ts';

interface PlanPaneProps {
  readonly flow: ChangeFlow;
  readonly planned: NonNullable<ChangeFlow['planned']>;
  readonly onPlanAgain: () => void;
  /** What follows where nothing is left to do for this step. */
  readonly next: NextStart | null;
  readonly onBegin: (start: ChangeStart) => void;
  readonly onChooseAgain: () => void;
  readonly onClose: () => void;
}

/** Step two: before and after side by side, what moves in words, the way back, the risks, and the one button that writes. */
export function PlanPane(props: PlanPaneProps) {
  const { flow, onPlanAgain, onChooseAgain, onClose } = props;
  const { plan } = props.planned;
  const isExpired = useNow() >= Date.parse(plan.expiresAt);
  return (
    <>
      <PaneTitle>{plan.isAlreadySo ? 'Temporal already has this state' : 'What changes'}</PaneTitle>
      <BeforeAfter before={plan.before} after={plan.after} />
      <Moves notes={plan.notes} />
      <PlanFacts plan={plan} />
      <Risks notes={plan.notes} undo={plan.undo} except={plan.mustConfirm} />
      {flow.search !== null ? (
        <LostPane flow={flow} search={flow.search} plan={plan} />
      ) : flow.applyError === null && !isExpired ? (
        plan.isAlreadySo ? (
          <NothingToDo {...props} />
        ) : (
          <LastStep flow={flow} plan={plan} onChooseAgain={onChooseAgain} />
        )
      ) : (
        <NextStepPane
          error={flow.applyError}
          onPlanAgain={onPlanAgain}
          onChooseAgain={onChooseAgain}
          onClose={onClose}
        />
      )}
    </>
  );
}

function NothingToDo({ next, onBegin, onClose, onChooseAgain }: PlanPaneProps) {
  return (
    <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
      <NextOrClose next={next} onBegin={onBegin} onClose={onClose} />
      <Button onClick={onChooseAgain}>Back</Button>
      <span className="text-sm text-ink-soft">Nothing will be written.</span>
    </div>
  );
}

interface LastStepProps {
  readonly flow: ChangeFlow;
  readonly plan: ChangePlan;
  readonly onChooseAgain: () => void;
}

/** The button that writes. Where the plan would leave a default that nobody polls with, its build ID is typed first. */
function LastStep({ flow, plan, onChooseAgain }: LastStepProps) {
  const [typed, setTyped] = useState('');
  const { mustConfirm } = plan;
  const isConfirmed = mustConfirm === null || typed === mustConfirm;
  return (
    <form
      className="flex flex-col gap-4 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isConfirmed && !flow.isApplying) flow.apply(mustConfirm === null ? true : typed);
      }}
    >
      {mustConfirm === null ? null : (
        <ConfirmField buildId={mustConfirm} plan={plan} typed={typed} onTyped={setTyped} />
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={!isConfirmed} isBusy={flow.isApplying}>
          <span className="wrap-anywhere">
            {flow.isApplying ? 'Writing and reading back' : applyWords(plan.operation)}
          </span>
        </Button>
        {flow.isApplying ? null : <Button onClick={onChooseAgain}>Back</Button>}
        <span className="text-sm text-ink-soft">
          The plan is valid until <AbsoluteTime iso={plan.expiresAt} />.
        </span>
      </div>
    </form>
  );
}
