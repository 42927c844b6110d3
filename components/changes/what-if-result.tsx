'use client';

import { BeforeAfter } from '#components/changes/before-after.tsx';
import type { ChangeStart } from '#components/changes/change-start.ts';
import { PaneTitle } from '#components/changes/pane-title.tsx';
import { Moves, Risks } from '#components/changes/plan-notes.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextArea } from '#components/ui/controls.tsx';
import { Field } from '#components/ui/field.tsx';
import { Note } from '#components/ui/note.tsx';
import { Time } from '#components/ui/time.tsx';
import type { WhatIf } from '#lib/api/changes/schemas.ts';
import { undoWords } from '#lib/format/plan-fact-words.ts';
import { operationWords } from '#lib/format/plan-words.ts';

interface WhatIfResultProps {
  readonly result: WhatIf;
  /** Steps that were asked for. */
  readonly total: number;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly onStart: ((start: ChangeStart) => void) | null;
  readonly onBack: () => void;
}

/** The sets after each step, with what it moves; where Temporal would refuse one, why. */
export function WhatIfResult({ result, total, reason, onReason, onStart, onBack }: WhatIfResultProps) {
  const { steps, refused } = result;
  const [first, ...rest] = steps.filter((step) => !step.isAlreadySo).map((step) => step.operation);
  return (
    <>
      <PaneTitle>{refused === null ? 'What would happen' : `Step ${steps.length + 1} would be refused`}</PaneTitle>
      <p className="text-sm text-ink-soft">
        Read <Time iso={result.asOf} />. Nothing is written. Each step is planned anew when it is begun.
      </p>
      <ol className="flex flex-col gap-6">
        {steps.map((step, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- steps of one answer, never reordered
          <li key={index} className="flex min-w-0 flex-col gap-3">
            <h4 className="font-semibold wrap-anywhere">
              Step {index + 1} of {total}: {operationWords(step.operation)}
            </h4>
            <BeforeAfter before={step.before} after={step.after} titles={['Before', `After step ${index + 1}`]} />
            <Moves notes={step.notes} />
            {step.undo.kind === 'none' ? null : <p className="text-sm text-ink-soft">{undoWords(step.undo)}</p>}
            <Risks notes={step.notes} undo={step.undo} />
          </li>
        ))}
      </ol>
      {refused === null ? null : (
        <Note meaning="blocked">
          <p className="font-semibold wrap-anywhere">
            Step {steps.length + 1} of {total}: {operationWords(refused.operation)}
          </p>
          <p className="wrap-anywhere">{refused.message}</p>
          {steps.length + 1 < total ? <p>The steps after it were not tried.</p> : null}
        </Note>
      )}
      {onStart === null || first === undefined ? null : (
        <Field label="Reason" hint="Optional; kept with each of these changes.">
          <TextArea value={reason} onChange={onReason} />
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
        {onStart === null || first === undefined ? null : (
          <Button
            look="primary"
            onClick={() => onStart({ kind: 'series', operations: [first, ...rest], at: 0, reason })}
          >
            Start with step 1
          </Button>
        )}
        <Button onClick={onBack}>Back</Button>
        {onStart === null ? <span className="text-sm text-ink-soft">Changes are off here.</span> : null}
      </div>
    </>
  );
}
