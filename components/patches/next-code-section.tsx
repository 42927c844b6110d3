'use client';

import { useState } from 'react';
import { CodeBlock } from '#components/patches/code-block.tsx';
import { Select } from '#components/ui/controls.tsx';
import { Note } from '#components/ui/note.tsx';
import { Section } from '#components/ui/section.tsx';
import type { Patch } from '#lib/api/patches/schemas.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { VerdictAnswer } from '#lib/domain/verdict/types.ts';
import { LANGUAGE_WORDS, LANGUAGES_OF, languageOf, nextCode } from '#lib/format/next-code.ts';
import { QUESTION_WORDS } from '#lib/format/verdict-words.ts';

interface NextCodeSectionProps {
  readonly patch: Patch;
  readonly question: QuestionName;
  readonly min: number | null;
  /** null: nothing is known yet. */
  readonly answer: VerdictAnswer | null;
}

/** The lines to write for the next step, before and after, in the SDK that the runs name; and what must not happen after it. */
export function NextCodeSection({ patch, question, min, answer }: NextCodeSectionProps) {
  const known = languageOf(patch.sdkName, patch.kind);
  const choices = LANGUAGES_OF[patch.kind];
  const [chosen, setChosen] = useState(known ?? choices[0] ?? 'python');
  const max = Math.max(...patch.totals.versions.map(({ version }) => version), min ?? -1);
  const code = nextCode({ language: chosen, question, id: patch.id, min, max });
  if (code === null) return null;
  return (
    <Section
      title="The code of this step"
      about={
        known === null
          ? 'No run that was read names an SDK: choose yours.'
          : 'In the SDK of the newest run that carries it.'
      }
      actions={
        <Select
          aria-label="Language"
          value={chosen}
          options={choices.map((language) => ({ value: language, label: LANGUAGE_WORDS[language] }))}
          onChange={(value) => setChosen(choices.find((language) => language === value) ?? chosen)}
        />
      }
    >
      {answer === 'safe' ? null : (
        <p className="font-medium">
          {answer === 'blocked'
            ? 'Not yet: open runs or workers would break.'
            : 'Not yet: it is not known whether this is safe.'}
        </p>
      )}
      <div className="grid gap-3 md:grid-cols-2">
        <CodeBlock title="Now" text={code.before} isQuiet />
        <CodeBlock title="After" text={code.after} />
      </div>
      {QUESTION_WORDS[question].presumes === null ? null : <p>{QUESTION_WORDS[question].presumes}</p>}
      <Note meaning="attention">{QUESTION_WORDS[question].warning}</Note>
    </Section>
  );
}
