'use client';

import { CommandLine } from '#components/ui/command-line.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Section } from '#components/ui/section.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Patch } from '#lib/api/patches/schemas.ts';
import { checkCommand, KIND_WORDS, nextQuestion, STAGE_WORDS } from '#lib/format/patch-words.ts';
import { stageOf } from '#lib/domain/patches/stage.ts';

/** What is known of the patch beside its answer, and the line that asks the same from a pipeline. */
export function PatchFactsPanel({ namespace, patch }: { namespace: string; patch: Patch }) {
  const question = nextQuestion(patch.kind, patch.totals);
  const asked = patch.answers.find((answer) => answer.question === question);
  return (
    <>
      <Section title="About">
        <Facts
          facts={[
            ['Kind', KIND_WORDS[patch.kind].long],
            ['Stage', STAGE_WORDS[stageOf(patch.kind, patch.totals)]],
            ['First seen', patch.firstSeen === null ? 'never' : <Time key="first" iso={patch.firstSeen} />],
            ['Last seen', patch.lastSeen === null ? 'never' : <Time key="last" iso={patch.lastSeen} />],
          ]}
        />
      </Section>
      {asked === undefined ? null : (
        <Section title="Ask from a pipeline" about="Ends with 0 safe, 1 blocked, 2 unknown, 3 usage or connection.">
          <CommandLine text={checkCommand(namespace, patch.id, question, asked.min)} />
        </Section>
      )}
    </>
  );
}
