'use client';

import { useRef } from 'react';
import { type Draft, draftOf, setsAfter } from '#components/changes/draft-operations.ts';
import { WhatIfStep } from '#components/changes/what-if-step.tsx';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { operationSchema, WHAT_IF_STEPS_MAX } from '#lib/api/changes/schemas.ts';
import { errorWords } from '#lib/api/shared/api-error.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

interface WhatIfFormProps {
  readonly sets: VersionSets;
  readonly drafts: readonly Draft[];
  readonly onDrafts: (drafts: readonly Draft[]) => void;
  readonly error: Error | null;
  readonly isTrying: boolean;
  readonly onTry: () => void;
}

/** The operations in their order; each is chosen from the sets that the ones before it leave. */
export function WhatIfForm({ sets, drafts, onDrafts, error, isTrying, onTry }: WhatIfFormProps) {
  const add = useRef<HTMLButtonElement>(null);
  const isReady = drafts.every((draft) => operationSchema.safeParse(draft.operation).success);
  const met = (index: number) =>
    setsAfter(
      sets,
      drafts.slice(0, index).map((draft) => draft.operation),
    );
  const failure = error === null ? null : errorWords(error);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isTrying) onTry();
      }}
    >
      <ol className="flex flex-col gap-3">
        {drafts.map((draft, index) => (
          <WhatIfStep
            key={draft.key}
            number={index + 1}
            sets={met(index)}
            operation={draft.operation}
            isNew={draft.key > 0}
            onOperation={(operation) =>
              onDrafts(drafts.map((other) => (other === draft ? { ...draft, operation } : other)))
            }
            onRemove={
              drafts.length === 1
                ? null
                : () => {
                    add.current?.focus();
                    onDrafts(drafts.filter((other) => other !== draft));
                  }
            }
          />
        ))}
      </ol>
      <Button
        ref={add}
        className="self-start"
        disabled={drafts.length >= WHAT_IF_STEPS_MAX}
        onClick={() =>
          onDrafts([
            ...drafts,
            {
              key: Math.max(...drafts.map((draft) => draft.key)) + 1,
              operation: draftOf('promote-set', met(drafts.length)),
            },
          ])
        }
      >
        Add a step
      </Button>
      {failure === null ? null : <FailureNote message={failure.message} hint={failure.hint} />}
      <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
        <Button type="submit" look="primary" disabled={!isReady} isBusy={isTrying}>
          {isTrying ? 'Reading the queue' : 'Show what would happen'}
        </Button>
        <span className="text-sm text-ink-soft">Nothing is written.</span>
      </div>
    </form>
  );
}
