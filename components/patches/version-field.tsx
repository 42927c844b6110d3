'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextInput } from '#components/ui/controls.tsx';
import { Field } from '#components/ui/field.tsx';
import type { QuestionName } from '#lib/domain/verdict/question.ts';

/** What the number is to each question. */
const VERSION_LABELS: Readonly<Record<QuestionName, string>> = {
  'raise-min': 'New minSupported',
  'drop-call': 'Version whose branch stays',
  deprecate: 'Version',
  remove: 'Version',
};

interface VersionFieldProps {
  readonly question: QuestionName;
  readonly version: number | null;
  readonly onVersion: (version: number) => void;
}

/** Which version GetVersion's questions are about: the new minSupported, or the one whose branch stays. */
export function VersionField({ question, version, onVersion }: VersionFieldProps) {
  const [text, setText] = useState(version === null ? '' : String(version));
  const [hasTried, setHasTried] = useState(false);
  const isNumber = /^-?\d{1,9}$/.test(text.trim()) && Number(text) >= -1;
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        setHasTried(true);
        if (isNumber) onVersion(Number(text));
      }}
    >
      <div className="w-48">
        <Field label={VERSION_LABELS[question]} error={hasTried && !isNumber ? 'Give a whole number, e.g. 2.' : null}>
          <TextInput value={text} onChange={setText} />
        </Field>
      </div>
      <Button type="submit">Look at this version</Button>
    </form>
  );
}
