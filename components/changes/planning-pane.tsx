'use client';

import { PaneTitle } from '#components/changes/pane-title.tsx';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { errorWords } from '#lib/api/shared/api-error.ts';

interface PlanningPaneProps {
  readonly error: Error | null;
  readonly isPlanning: boolean;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}

/** The plan is on its way, or cannot be made: why, and what next. Nothing is written. */
export function PlanningPane({ error, isPlanning, onRetry, onClose }: PlanningPaneProps) {
  if (error === null || isPlanning) {
    return (
      <div aria-busy className="flex flex-col gap-4">
        <PaneTitle>Reading the queue</PaneTitle>
        <div className="grid gap-4 sm:grid-cols-2">
          <Skeleton className="h-24" />
          <Skeleton className="h-24" />
        </div>
      </div>
    );
  }
  const { message, hint } = errorWords(error);
  return (
    <div className="flex flex-col gap-4">
      <PaneTitle>There is no plan</PaneTitle>
      <FailureNote message={message} hint={hint}>
        <p className="font-semibold">Nothing was written.</p>
      </FailureNote>
      <div className="flex flex-wrap gap-3">
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
        <Button onClick={onRetry}>Plan again</Button>
      </div>
    </div>
  );
}
