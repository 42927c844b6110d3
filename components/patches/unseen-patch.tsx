'use client';

import { type ReactNode, useState } from 'react';
import { DeclareDialog } from '#components/declarations/declare-dialog.tsx';
import { DeclaredFacts } from '#components/declarations/declared-facts.tsx';
import { useWhyNoDeclaring } from '#components/declarations/use-declare.ts';
import { OtherQuestion } from '#components/patches/other-question.tsx';
import { OpenByName } from '#components/shell/open-by-name.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { PictureNote } from '#components/ui/picture-note.tsx';
import { Section } from '#components/ui/section.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import type { Patch } from '#lib/api/patches/schemas.ts';
import { QUESTIONS_OF } from '#lib/domain/patches/next-question.ts';
import { patchOpening } from '#lib/format/patch-words.ts';

interface UnseenPatchProps {
  readonly namespace: string;
  readonly patch: Patch;
  readonly title: ReactNode;
}

/** An id that no run and no memory knows: mostly mistyped, else of an SDK that writes no labels. Nothing is asked by itself. */
export function UnseenPatch({ namespace, patch, title }: UnseenPatchProps) {
  const whyNot = useWhyNoDeclaring(namespace);
  const [isDeclaring, setIsDeclaring] = useState(false);
  const ref = { kind: patch.kind, id: patch.id };
  const { words } = patchOpening(patch, null);
  return (
    <PageFrame
      title={title}
      opening={
        <Sentence meaning="unknown" readAt={patch.picture.to}>
          {words}
        </Sentence>
      }
    >
      <PictureNote picture={patch.picture} />
      <EmptyState
        title="Never seen"
        actions={
          <Button
            disabled={whyNot !== null}
            {...(whyNot === null ? {} : { title: whyNot })}
            onClick={() => setIsDeclaring(true)}
          >
            Declare which workflow types use it
          </Button>
        }
      >
        A patch is known once an open run has recorded its marker, and remembered from then on. Ids are exact: letter
        case and spaces count, and an id may exist as <code className="font-mono">patched</code> and as{' '}
        <code className="font-mono">GetVersion</code>. A patch that is right and still not found, as Java’s without
        labels, is looked for once its workflow types are declared.
      </EmptyState>
      <Section title="Open another">
        <OpenByName namespace={namespace} initialKind={patch.kind} />
      </Section>
      {patch.kind === 'core' ? (
        <Section title="Ask all the same">
          {QUESTIONS_OF.core.map((question) => (
            <OtherQuestion key={question} namespace={namespace} patch={patch} question={question} min={null} />
          ))}
        </Section>
      ) : null}
      <DeclaredFacts namespace={namespace} patch={ref} verdict={null} onAskAgain={null} />
      {isDeclaring ? (
        <DeclareDialog
          namespace={namespace}
          patch={ref}
          initial={{ kind: 'types', patch: ref, workflowTypes: [] }}
          onAskAgain={null}
          onClose={() => setIsDeclaring(false)}
        />
      ) : null}
    </PageFrame>
  );
}
