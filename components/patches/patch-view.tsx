'use client';

import { useQuery } from '@tanstack/react-query';
import { AnswerPanel } from '#components/patches/answer-panel.tsx';
import { PatchFactsPanel } from '#components/patches/patch-facts-panel.tsx';
import { PatchStepper } from '#components/patches/patch-stepper.tsx';
import { TypeTable } from '#components/patches/type-table.tsx';
import { NamespaceGate } from '#components/shell/namespace-gate.tsx';
import { OpenByName } from '#components/shell/open-by-name.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { PictureNote } from '#components/ui/picture-note.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { Section } from '#components/ui/section.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { patchQuery } from '#lib/api/patches/queries.ts';
import type { Patch } from '#lib/api/patches/schemas.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import { patchOpening } from '#lib/format/patch-words.ts';

/** One patch: the answer to its next step, its life, the runs that block, and the counts per workflow type. */
export function PatchView({ patch }: { patch: PatchRef | null }) {
  return (
    <NamespaceGate skeleton={<PageFrame title="Patch" opening={<Skeleton className="h-7 w-96" />} />}>
      {(namespace) =>
        patch === null ? <NoPatchNamed namespace={namespace} /> : <OnePatch namespace={namespace} patch={patch} />
      }
    </NamespaceGate>
  );
}

function NoPatchNamed({ namespace }: { namespace: string }) {
  return (
    <PageFrame title="Patch" opening={<Sentence readAt={null}>This address names no patch.</Sentence>}>
      <Section title="Open by name">
        <OpenByName namespace={namespace} initialKind="core" />
      </Section>
    </PageFrame>
  );
}

function OnePatch({ namespace, patch }: { namespace: string; patch: PatchRef }) {
  const query = useQuery(patchQuery(namespace, patch));
  const { data } = query;
  return (
    <PageFrame
      title={
        <>
          Patch <Identifier text={patch.id} />
        </>
      }
      opening={data ? <Opening patch={data} /> : <Skeleton className="h-7 w-96" />}
      {...(data ? { aside: <PatchFactsPanel namespace={namespace} patch={data} /> } : {})}
    >
      <QueryState query={query} where={`The patch ${patch.id}`} skeleton={<PatchSkeleton />}>
        {(loaded) => <PatchBody namespace={namespace} patch={loaded} />}
      </QueryState>
    </PageFrame>
  );
}

function Opening({ patch }: { patch: Patch }) {
  const { meaning, words } = patchOpening(patch);
  return (
    <Sentence meaning={meaning} readAt={patch.picture.to}>
      {words}
    </Sentence>
  );
}

function PatchBody({ namespace, patch }: { namespace: string; patch: Patch }) {
  if (!patch.isSeen) {
    return (
      <>
        <PictureNote picture={patch.picture} />
        <EmptyState title="Never seen">
          A patch is known once an open run has recorded its marker, and remembered from then on. Ids are exact: letter
          case and spaces count, and an id may exist as <code className="font-mono">patched</code> and as{' '}
          <code className="font-mono">GetVersion</code>.
        </EmptyState>
        <Section title="Open another">
          <OpenByName namespace={namespace} initialKind={patch.kind} />
        </Section>
      </>
    );
  }
  return (
    <>
      <PictureNote picture={patch.picture} />
      <PatchStepper patch={patch} />
      <Section title="Answers" about="Each question is asked before one change of code. Reasons that block come first.">
        <div className="flex flex-col gap-4">
          {patch.answers.length === 0 ? (
            <EmptyState title="Nothing to ask">
              No open run carries this patch, so there is no version to ask about.
            </EmptyState>
          ) : (
            patch.answers.map((answer) => <AnswerPanel key={answer.question} namespace={namespace} answer={answer} />)
          )}
        </div>
      </Section>
      <TypeTable patch={patch} />
    </>
  );
}

function PatchSkeleton() {
  return (
    <div className="flex flex-col gap-8">
      <Skeleton className="h-32 w-full" />
      <Skeleton className="h-64 w-full" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
}
