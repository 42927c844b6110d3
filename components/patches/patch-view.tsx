'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LoadedPatch } from '#components/patches/loaded-patch.tsx';
import { PatchSkeleton } from '#components/patches/patch-skeleton.tsx';
import { UnseenPatch } from '#components/patches/unseen-patch.tsx';
import { NamespaceGate } from '#components/shell/namespace-gate.tsx';
import { OpenByName } from '#components/shell/open-by-name.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { Section } from '#components/ui/section.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import { patchQuery } from '#lib/api/patches/queries.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import { escapeText } from '#lib/format/escape-text.ts';

/** One patch: the answer to its next step, its life, what stands in the way, and what would change that. */
export function PatchView({ patch }: { patch: PatchRef | null }) {
  return (
    <NamespaceGate skeleton={<PageFrame title="Patch" opening={<PatchSkeleton />} />}>
      {(namespace) =>
        patch === null ? (
          <NoPatchNamed namespace={namespace} />
        ) : (
          <OnePatch key={`${patch.kind} ${patch.id}`} namespace={namespace} patch={patch} />
        )
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
  const title: ReactNode = (
    <>
      <span className="shrink-0">Patch</span> <Identifier text={patch.id} />
    </>
  );
  return (
    <QueryState query={query} where={`The patch ${escapeText(patch.id)}`} title={title} skeleton={<PatchSkeleton />}>
      {(loaded) =>
        loaded.isSeen ? (
          <LoadedPatch namespace={namespace} patch={loaded} title={title} />
        ) : (
          <UnseenPatch namespace={namespace} patch={loaded} title={title} />
        )
      }
    </QueryState>
  );
}
