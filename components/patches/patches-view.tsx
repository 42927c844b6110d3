'use client';

import { useQuery } from '@tanstack/react-query';
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
import { Skeleton } from '#components/ui/skeleton.tsx';
import { patchesQuery } from '#lib/api/patches/queries.ts';
import type { PatchItem, PatchList } from '#lib/api/patches/schemas.ts';
import { formatCount } from '#lib/format/count.ts';

/** Every patch that an open run carries or that was once seen. */
export function PatchesView() {
  return (
    <NamespaceGate skeleton={<PageFrame title="Patches" opening={<Skeleton className="h-7 w-96" />} />}>
      {(namespace) => <Patches namespace={namespace} />}
    </NamespaceGate>
  );
}

function Patches({ namespace }: { namespace: string }) {
  const query = useQuery(patchesQuery(namespace));
  return (
    <PageFrame title="Patches" opening={query.data ? <Opening list={query.data} /> : <Skeleton className="h-7 w-96" />}>
      <QueryState query={query} where={`The patches of ${namespace}`} skeleton={<DataTableSkeleton />}>
        {(list) => (
          <>
            <PictureNote picture={list.picture} />
            <DataTable
              caption="Patches"
              columns={PATCH_COLUMNS}
              rows={list.items.map((item) => ({ ...item, namespace }))}
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

function Opening({ list }: { list: PatchList }) {
  const blocked = list.items.filter(isBlocked).length;
  const patches = formatCount(list.items.length, 'patch', 'patches');
  if (list.items.length === 0) {
    return <Sentence readAt={list.asOf}>No open or remembered run carries a patch.</Sentence>;
  }
  return (
    <Sentence meaning={blocked > 0 ? 'blocked' : 'unknown'} readAt={list.asOf}>
      {blocked > 0
        ? `Open runs block the next step of ${blocked === list.items.length ? patches : `${blocked} of ${patches}`}.`
        : `No open run blocks a step of the ${patches} seen; whether their code may go is unknown.`}
    </Sentence>
  );
}

function isBlocked(item: PatchItem): boolean {
  return item.answers.some((answer) => answer.answer === 'blocked');
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
