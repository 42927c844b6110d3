'use client';

import { OperationFields } from '#components/changes/operation-fields.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextArea } from '#components/ui/controls.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Field } from '#components/ui/field.tsx';
import { operationSchema, REASON_MAX } from '#lib/api/changes/schemas.ts';
import { errorWords } from '#lib/api/shared/api-error.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';
import { operationWords } from '#lib/format/plan-words.ts';

interface ChangeFormProps {
  readonly sets: VersionSets;
  readonly operation: VersionSetOperation;
  /** null: the operation stands; only its reason is asked for. */
  readonly onOperation: ((operation: VersionSetOperation) => void) | null;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly error: Error | null;
  readonly isPlanning: boolean;
  readonly onSubmit: () => void;
}

/** Step one: the operation's details and a reason. Nothing is written yet. */
export function ChangeForm(props: ChangeFormProps) {
  const { sets, operation, onOperation, reason, onReason, error, isPlanning, onSubmit } = props;
  const isReasonTooLong = reason.length > REASON_MAX;
  const isReady = operationSchema.safeParse(operation).success && !isReasonTooLong;
  const failure = error === null ? null : errorWords(error);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isPlanning) onSubmit();
      }}
    >
      {onOperation === null ? (
        <p className="wrap-anywhere">{operationWords(operation)}</p>
      ) : (
        <OperationFields sets={sets} operation={operation} onOperation={onOperation} />
      )}
      <Field
        label="Reason"
        hint="Optional; kept with the change. Whoever looks at the history later reads it."
        error={isReasonTooLong ? `At most ${REASON_MAX} characters; these are ${reason.length}.` : null}
      >
        <TextArea value={reason} onChange={onReason} />
      </Field>
      {failure === null ? null : <FailureNote message={failure.message} hint={failure.hint} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={!isReady} isBusy={isPlanning}>
          {isPlanning ? 'Reading the queue' : 'Show what changes'}
        </Button>
        <span className="text-sm text-ink-soft">Nothing is written yet.</span>
      </div>
    </form>
  );
}
