'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { ChangeForm } from '#components/changes/change-form.tsx';
import { type ChangeStart, nextAfter, operationOf, titleOf, wishOf } from '#components/changes/change-start.ts';
import { OutcomePane } from '#components/changes/outcome-pane.tsx';
import { PlanPane } from '#components/changes/plan-pane.tsx';
import { PlanningPane } from '#components/changes/planning-pane.tsx';
import { useChangeFlow } from '#components/changes/use-change-flow.ts';
import { Dialog } from '#components/ui/dialog.tsx';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

interface ChangeDialogProps {
  readonly namespace: string;
  readonly taskQueue: string;
  /** The queue's sets, for what has to be chosen. */
  readonly sets: VersionSets;
  readonly initial: ChangeStart;
  readonly onClose: () => void;
}

/** One change of a queue's sets: say what, look at the plan, apply it, see what became of it; then, where there is one, the next. */
export function ChangeDialog({ namespace, taskQueue, sets, initial, onClose }: ChangeDialogProps) {
  const flow = useChangeFlow(namespace, taskQueue);
  const [start, setStart] = useState(initial);
  const [operation, setOperation] = useState(operationOf(initial));
  const [reason, setReason] = useState(initial.kind === 'series' ? initial.reason : '');
  const [isAsking, setIsAsking] = useState(initial.kind === 'choose');
  const planOf = (from: ChangeStart, chosen: VersionSetOperation, why: string) =>
    flow.plan({ taskQueue, operation: wishOf(from, chosen), reason: why });
  const submit = () => planOf(start, operation, reason);
  const planAgain = () => {
    setIsAsking(false);
    submit();
  };
  const begin = (next: ChangeStart) => {
    const chosen = operationOf(next);
    setStart(next);
    setOperation(chosen);
    setIsAsking(next.kind === 'choose');
    flow.startOver();
    // The reason of a change is none for taking it back.
    const why = next.kind === start.kind ? reason : '';
    setReason(why);
    if (next.kind !== 'choose') planOf(next, chosen, why);
  };
  const askAgain = () => {
    setIsAsking(true);
    flow.startOver();
  };
  const onOpen = useEffectEvent(() => {
    // Planning writes nothing: that development asks twice does no harm.
    if (initial.kind !== 'choose') planOf(initial, operationOf(initial), reason);
  });
  useEffect(() => onOpen(), []);
  const { planned, change } = flow;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isLocked={flow.isApplying}
      width={planned === null && isAsking ? 'narrow' : 'wide'}
      {...titleOf(start, planned === null ? null : planned.plan.operation)}
    >
      {planned !== null ? (
        change === null ? (
          <PlanPane
            key={planned.plan.id}
            flow={flow}
            planned={planned}
            next={nextAfter(start, planned.plan.after)}
            onBegin={begin}
            onPlanAgain={planAgain}
            onChooseAgain={askAgain}
            onClose={onClose}
          />
        ) : (
          <OutcomePane
            change={change}
            watchError={flow.watchError}
            next={change.stored.is === true ? nextAfter(start, change.after) : null}
            canUndo={start.kind !== 'undo'}
            onBegin={begin}
            onPlanAgain={planAgain}
            onClose={onClose}
          />
        )
      ) : isAsking || (flow.planError !== null && start.kind === 'choose') ? (
        <ChangeForm
          sets={sets}
          operation={operation}
          onOperation={start.kind === 'choose' ? setOperation : null}
          reason={reason}
          onReason={setReason}
          error={flow.planError}
          isPlanning={flow.isPlanning}
          onSubmit={submit}
        />
      ) : (
        <PlanningPane error={flow.planError} isPlanning={flow.isPlanning} onRetry={submit} onClose={onClose} />
      )}
    </Dialog>
  );
}
