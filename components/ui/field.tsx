'use client';

import { Field as Primitive } from '@base-ui/react/field';
import type { ReactNode } from 'react';

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with the value and what would be right; said at once to screen readers. */
  readonly error?: string | null;
  /** One of the controls of `controls.tsx`. */
  readonly children: ReactNode;
}

/** A control with its label, hint and error, tied together for screen readers. */
export function Field({ label, hint, error = null, children }: FieldProps) {
  return (
    <Primitive.Root invalid={error !== null} className="flex min-w-0 flex-col gap-1">
      <Primitive.Label className="text-sm font-medium">{label}</Primitive.Label>
      {children}
      {hint === undefined ? null : (
        <Primitive.Description className="text-sm text-ink-soft">{hint}</Primitive.Description>
      )}
      {error === null ? null : (
        <Primitive.Error match className="text-sm text-blocked">
          {error}
        </Primitive.Error>
      )}
    </Primitive.Root>
  );
}
