'use client';

import { useState } from 'react';
import { ChangeForm } from '#components/changes/change-form.tsx';
import { OutcomePane } from '#components/changes/outcome-pane.tsx';
import { PlanPane } from '#components/changes/plan-pane.tsx';
import { useChangeFlow } from '#components/changes/use-change-flow.ts';
import { Dialog } from '#components/ui/dialog.tsx';
import type { TaskQueue } from '#lib/api/task-queues/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { OPERATION_ABOUT, OPERATION_TITLES } from '#lib/format/change-words.ts';

interface ChangeDialogProps {
  readonly namespace: string;
  readonly queue: TaskQueue;
  /** The operation as its button knows it; what is missing is asked for. */
  readonly initial: VersionSetOperation;
  readonly onClose: () => void;
}

/** One change of a queue's sets: say what, look at the plan, apply it, see what became of it. */
export function ChangeDialog({ namespace, queue, initial, onClose }: ChangeDialogProps) {
  const flow = useChangeFlow(namespace, queue.name);
  const [operation, setOperation] = useState(initial);
  const [reason, setReason] = useState('');
  const plan = () => flow.plan({ taskQueue: queue.name, operation, reason });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isLocked={flow.isApplying}
      width={flow.planned === null ? 'narrow' : 'wide'}
      title={OPERATION_TITLES[operation.kind]}
      about={OPERATION_ABOUT[operation.kind]}
    >
      {flow.planned === null ? (
        <ChangeForm
          queue={queue}
          operation={operation}
          onOperation={setOperation}
          reason={reason}
          onReason={setReason}
          error={flow.planError}
          isPlanning={flow.isPlanning}
          onSubmit={plan}
        />
      ) : flow.change === null ? (
        <PlanPane flow={flow} planned={flow.planned} onPlanAgain={plan} onClose={onClose} />
      ) : (
        <OutcomePane change={flow.change} onPlanAgain={plan} onClose={onClose} />
      )}
    </Dialog>
  );
}
