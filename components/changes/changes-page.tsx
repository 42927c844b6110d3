'use client';

import { ChangesView } from '#components/changes/changes-view.tsx';
import { NamespaceGate } from '#components/shell/namespace-gate.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { SentenceSkeleton } from '#components/ui/sentence-skeleton.tsx';

/** Every change of version sets that is on record, made here or noticed. */
export function ChangesPage() {
  return (
    <NamespaceGate skeleton={<PageFrame title="Changes" opening={<SentenceSkeleton />} />}>
      {(namespace) => <ChangesView key={namespace} namespace={namespace} />}
    </NamespaceGate>
  );
}
