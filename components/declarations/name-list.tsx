'use client';

import { Plus, X } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { NameInput } from '#components/ui/controls.tsx';
import { Field } from '#components/ui/field.tsx';
import { escapeText } from '#lib/format/escape-text.ts';

interface NameListProps {
  readonly label: string;
  readonly noun: string;
  readonly names: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
  readonly error: string | null;
}

/** Several exact names, each in a field of its own, since a name may hold any separator. */
export function NameList({ label, noun, names, onChange, error }: NameListProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      {names.map((name, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- names may repeat while they are typed
        <div key={index} className="flex min-w-0 items-start gap-2">
          <div className="min-w-0 flex-1">
            <Field
              label={<span className="sr-only">{`${noun} ${index + 1}`}</span>}
              error={index === names.length - 1 ? error : null}
            >
              <NameInput
                value={name}
                onChange={(value) => onChange(names.map((other, at) => (at === index ? value : other)))}
              />
            </Field>
          </div>
          {names.length < 2 ? null : (
            <Button
              look="quiet"
              aria-label={`Leave out ${name === '' ? `${noun} ${index + 1}` : escapeText(name)}`}
              onClick={() => onChange(names.filter((_, at) => at !== index))}
            >
              <X aria-hidden className="size-4" />
            </Button>
          )}
        </div>
      ))}
      <Button look="quiet" className="self-start" onClick={() => onChange([...names, ''])}>
        <Plus aria-hidden className="size-4" />
        Add a {noun}
      </Button>
    </fieldset>
  );
}
