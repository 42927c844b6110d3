'use client';

import { useEffect, useRef } from 'react';
import { draftOf } from '#components/changes/draft-operations.ts';
import { OperationFields } from '#components/changes/operation-fields.tsx';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/controls.tsx';
import { Field } from '#components/ui/field.tsx';
import type { VersionSetOperation, VersionSetOperationKind, VersionSets } from '#lib/domain/version-sets/types.ts';
import { OPERATION_TITLES } from '#lib/format/change-words.ts';

const KINDS: readonly VersionSetOperationKind[] = [
  'add-new-default',
  'add-new-compatible',
  'promote-set',
  'promote-within-set',
  'merge-sets',
];

interface WhatIfStepProps {
  readonly number: number;
  /** The sets that this step meets. */
  readonly sets: VersionSets;
  readonly operation: VersionSetOperation;
  /** Just added: it takes the focus. */
  readonly isNew: boolean;
  readonly onOperation: (operation: VersionSetOperation) => void;
  /** null: the only step stays. */
  readonly onRemove: (() => void) | null;
}

/** One operation of several. */
export function WhatIfStep({ number, sets, operation, isNew, onOperation, onRemove }: WhatIfStepProps) {
  const ref = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (isNew) ref.current?.querySelector('select')?.focus();
  }, [isNew]);
  return (
    <li>
      <fieldset ref={ref} className="min-w-0 rounded-md border border-line p-3">
        <legend className="px-1 text-sm font-semibold">Step {number}</legend>
        <div className="flex flex-wrap items-start gap-x-3">
          <div className="grid min-w-0 flex-1 gap-3 max-sm:basis-full sm:grid-cols-2">
            <Field label="What">
              <Select
                className="w-full"
                value={operation.kind}
                onChange={(value) => onOperation(draftOf(KINDS.find((kind) => kind === value) ?? operation.kind, sets))}
                options={KINDS.map((kind) => ({ value: kind, label: OPERATION_TITLES[kind] }))}
              />
            </Field>
            <OperationFields isOpen sets={sets} operation={operation} onOperation={onOperation} />
          </div>
          {onRemove === null ? null : (
            <Button look="quiet" className="sm:mt-6" aria-label={`Remove step ${number}`} onClick={onRemove}>
              Remove
            </Button>
          )}
        </div>
      </fieldset>
    </li>
  );
}
