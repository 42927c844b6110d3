'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DeclareDialog } from '#components/declarations/declare-dialog.tsx';
import { FactList } from '#components/declarations/fact-list.tsx';
import { touchesPatch } from '#components/declarations/touches.ts';
import { useWhyNoDeclaring } from '#components/declarations/use-declare.ts';
import { Button } from '#components/ui/button.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { declarationsQuery } from '#lib/api/declarations/queries.ts';
import type { Declaration } from '#lib/api/declarations/schemas.ts';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';

interface DeclaredFactsProps {
  readonly namespace: string;
  /** Only facts that touch this patch; null: all of the namespace. */
  readonly patch: PatchRef | null;
  /** The answer at hand, for what it assumes and what it found contradicted. */
  readonly verdict: Verdict | null;
  readonly onAskAgain: (() => void) | null;
}

/** The facts that stand, and the way to declare another. */
export function DeclaredFacts({ namespace, patch, verdict, onAskAgain }: DeclaredFactsProps) {
  const query = useQuery(declarationsQuery(namespace));
  const whyNot = useWhyNoDeclaring(namespace);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Section
      title="Declared facts"
      about={
        patch === null
          ? 'What people and pipelines said that Temporal cannot tell. Answers that rest on a fact print it.'
          : 'What people and pipelines said that answers about this patch may rest on.'
      }
      actions={
        <Button
          disabled={whyNot !== null}
          {...(whyNot === null ? {} : { title: whyNot })}
          onClick={() => setIsOpen(true)}
        >
          Declare a fact
        </Button>
      }
    >
      {whyNot === null ? null : <p className="text-sm text-ink-soft">Facts cannot be declared here: {whyNot}</p>}
      <QueryState query={query} where="The declared facts" skeleton={<Skeleton className="h-24 w-full" />}>
        {({ items }) => (
          <Standing namespace={namespace} facts={items.filter(isShown(patch))} verdict={verdict} whyNot={whyNot} />
        )}
      </QueryState>
      {isOpen ? (
        <DeclareDialog
          namespace={namespace}
          patch={patch}
          initial={null}
          onAskAgain={onAskAgain}
          onClose={() => setIsOpen(false)}
        />
      ) : null}
    </Section>
  );
}

function isShown(patch: PatchRef | null) {
  return ({ claim, withdrawn }: Declaration): boolean =>
    withdrawn === null && (patch === null || touchesPatch(claim, patch));
}

interface StandingProps {
  readonly namespace: string;
  readonly facts: readonly Declaration[];
  readonly verdict: Verdict | null;
  readonly whyNot: string | null;
}

function Standing({ namespace, facts, verdict, whyNot }: StandingProps) {
  if (facts.length === 0) {
    return <p className="rounded-md border border-line bg-surface p-3 text-ink-soft">No fact is declared.</p>;
  }
  return (
    <FactList
      namespace={namespace}
      label="Declared facts"
      facts={facts}
      assumed={verdict?.assumptions ?? []}
      contradictions={verdict?.contradictions ?? []}
      whyNot={whyNot}
    />
  );
}
