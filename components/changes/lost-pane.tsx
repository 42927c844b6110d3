'use client';

import type { ChangeFlow } from '#components/changes/use-change-flow.ts';
import { Button } from '#components/ui/button.tsx';
import { Note } from '#components/ui/note.tsx';
import type { ChangePlan } from '#lib/api/changes/schemas.ts';
import { errorWords } from '#lib/api/shared/api-error.ts';
import { applyWords } from '#lib/format/change-words.ts';

interface LostPaneProps {
  readonly flow: ChangeFlow;
  readonly search: NonNullable<ChangeFlow['search']>;
  readonly plan: ChangePlan;
}

/**
 * The answer to the write was lost. The record is read until it tells what became of it; sending again is the reader's own decision, and
 * under the same key it is never applied twice.
 */
export function LostPane({ flow, search: { lost, error, isUnrecorded }, plan }: LostPaneProps) {
  const isKnownUnsent = isUnrecorded && error === null;
  return (
    <div role="alert" className="flex flex-col gap-4 border-t border-line pt-4">
      <Note meaning="unknown">
        <p className="font-semibold">
          {isKnownUnsent ? 'Nothing was written so far.' : 'Whether it was written is not known yet.'}
        </p>
        {wordsOf({ lost, error, isUnrecorded }).map((words) => (
          <p key={words} className="wrap-anywhere">
            {words}
          </p>
        ))}
      </Note>
      {isKnownUnsent ? (
        <div className="flex flex-wrap items-center gap-3">
          <Button look="primary" isBusy={flow.isApplying} onClick={() => flow.apply(plan.mustConfirm ?? true)}>
            <span className="wrap-anywhere">{applyWords(plan.operation)}</span>
          </Button>
          <span className="text-sm text-ink-soft">Sends it again under the same key: it is never applied twice.</span>
        </div>
      ) : null}
    </div>
  );
}

function wordsOf({ lost, error, isUnrecorded }: LostPaneProps['search']): readonly string[] {
  const said = errorWords(lost).message;
  if (error !== null) {
    const away = 'This page keeps asking. It may be closed: the record tells later what became of the change.';
    return [...new Set([said, errorWords(error).message]), away];
  }
  if (!isUnrecorded) return [said, 'The record of changes is being read.'];
  return [said, 'The record holds no such change. It is read every second, in case the change still arrives.'];
}
