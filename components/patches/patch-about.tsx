'use client';

import { CommandLine } from '#components/ui/command-line.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Section } from '#components/ui/section.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Patch } from '#lib/api/patches/schemas.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { checkCommand, KIND_WORDS, stageWords } from '#lib/format/patch-words.ts';

interface PatchAboutProps {
  readonly namespace: string;
  readonly patch: Patch;
  readonly question: QuestionName;
  readonly min: number | null;
}

/** What is known of the patch beside its answer, and the line that asks the same from a pipeline. */
export function PatchAbout({ namespace, patch, question, min }: PatchAboutProps) {
  const isAskable = patch.kind === 'core' || min !== null;
  return (
    <div className="grid gap-8 md:grid-cols-2">
      <Section title="About">
        <Facts
          facts={[
            ['Kind', KIND_WORDS[patch.kind].long],
            ['Stage', stageWords(patch.kind, patch.stage)],
            ['SDK', patch.sdkName === null ? 'not known' : escapeText(patch.sdkName)],
            ['First seen', patch.firstSeen === null ? 'never' : <Time key="first" iso={patch.firstSeen} />],
            ['Last seen', patch.lastSeen === null ? 'never' : <Time key="last" iso={patch.lastSeen} />],
          ]}
        />
      </Section>
      {isAskable ? (
        <Section title="Ask from a pipeline" about="Ends with 0 safe, 1 blocked, 2 unknown, 3 usage or connection.">
          <CommandLine text={checkCommand(namespace, patch, question, min)} />
        </Section>
      ) : null}
    </div>
  );
}
