'use client';

import { NameInput } from '#components/ui/controls.tsx';
import { Field } from '#components/ui/field.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { Note } from '#components/ui/note.tsx';
import { PhraseText } from '#components/ui/phrase.tsx';
import type { ChangePlan } from '#lib/api/changes/schemas.ts';
import { confirmReason } from '#lib/format/plan-fact-words.ts';

interface ConfirmFieldProps {
  readonly buildId: string;
  readonly plan: Pick<ChangePlan, 'after' | 'notes'>;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
}

/** Work would wait: the build ID is typed, or pasted, exactly. The server checks it again. */
export function ConfirmField({ buildId, plan, typed, onTyped }: ConfirmFieldProps) {
  const isOther = typed !== buildId && typed.length >= buildId.length;
  return (
    <Note meaning="attention">
      <div className="flex flex-col gap-2">
        <p className="font-semibold wrap-anywhere">
          <PhraseText phrase={confirmReason(buildId, { sets: plan.after }, plan.notes)} />
        </p>
        <Field
          label={
            <>
              Type the build ID to go on
              <span className="sr-only"> although work will wait</span>
            </>
          }
          hint={
            <span className="flex min-w-0 flex-wrap items-center gap-x-2">
              Exactly: <Identifier text={buildId} />
            </span>
          }
          error={isOther ? 'This is another build ID.' : null}
        >
          <NameInput value={typed} onChange={onTyped} />
        </Field>
      </div>
    </Note>
  );
}
