'use client';

import { useQuery } from '@tanstack/react-query';
import { AskAll } from '#components/patches/ask-all.tsx';
import { PATCH_COLUMNS } from '#components/patches/patch-columns.tsx';
import { NamespaceGate } from '#components/shell/namespace-gate.tsx';
import { OpenByName } from '#components/shell/open-by-name.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { DataTableSkeleton } from '#components/ui/data-table-skeleton.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { PictureNote } from '#components/ui/picture-note.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { Section } from '#components/ui/section.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import { SentenceSkeleton } from '#components/ui/sentence-skeleton.tsx';
import { patchesQuery } from '#lib/api/patches/queries.ts';
import type { PatchItem, PatchList } from '#lib/api/patches/schemas.ts';
import { stepsWords } from '#lib/format/patch-words.ts';

/** Every patch that an open run carries or that was once seen, and whether its code may go. */
export function PatchesView() {
  return (
    <NamespaceGate skeleton={<PageFrame title="Patches" opening={<SentenceSkeleton />} />}>
      {(namespace) => <Patches namespace={namespace} />}
    </NamespaceGate>
  );
}

function Patches({ namespace }: { namespace: string }) {
  const query = useQuery(patchesQuery(namespace));
  const { data, error } = query;
  return (
    <PageFrame title="Patches" opening={data ? <Opening list={data} /> : error === null ? <SentenceSkeleton /> : null}>
      <QueryState query={query} where={`The patches of ${namespace}`} skeleton={<DataTableSkeleton />}>
        {(list) => (
          <>
            <PictureNote picture={list.picture} />
            <AskAll key={namespace} namespace={namespace} patches={list.items} />
            <DataTable
              caption="Patches"
              columns={PATCH_COLUMNS}
              rows={list.items.toSorted(compareAge).map((item) => ({ ...item, namespace }))}
              rowKey={(row) => `${row.kind}:${row.id}`}
              initialSort={{ id: 'answers', isDescending: false }}
              noun="patch"
              plural="patches"
              empty={<NoPatches />}
            />
          </>
        )}
      </QueryState>
      <Section
        title="Open by name"
        about="The list comes from open runs and from memory: Temporal keeps no list of patches. One that no run shows opens here."
      >
        <OpenByName namespace={namespace} initialKind="core" />
      </Section>
    </PageFrame>
  );
}

/** The oldest open run first, where the table's own order leaves a choice. */
function compareAge(left: PatchItem, right: PatchItem): number {
  const startOf = ({ totals }: PatchItem) => totals.oldestOpenStart ?? '9999';
  return startOf(left) < startOf(right) ? -1 : startOf(left) > startOf(right) ? 1 : 0;
}

function Opening({ list }: { list: PatchList }) {
  if (list.items.length === 0) {
    return <Sentence readAt={list.asOf}>No open or remembered run carries a patch.</Sentence>;
  }
  const { meaning, words } = stepsWords(list.items);
  return (
    <Sentence {...(meaning === null ? {} : { meaning })} readAt={list.asOf}>
      {words.charAt(0).toUpperCase() + words.slice(1)}.
    </Sentence>
  );
}

function NoPatches() {
  return (
    <EmptyState title="No patches yet">
      A patch appears here when an open run has recorded a marker: <code className="font-mono">patched</code>,{' '}
      <code className="font-mono">deprecate_patch</code> or <code className="font-mono">GetVersion</code>. It stays in
      the list after its last run has closed.
    </EmptyState>
  );
}
