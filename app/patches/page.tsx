import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { LIST_LIMIT, pageData } from '#app/_server/page-data.ts';
import { PatchesView } from '#components/patches/patches-view.tsx';
import { patchesQuery } from '#lib/api/patches/queries.ts';
import { namespacePageSearch } from '#lib/api/shared/page-search.ts';
import { listPatches } from '#server/usecases/patches/list-patches.ts';

export const metadata: Metadata = { title: 'Patches' };

export default async function Page({ searchParams }: PageProps<'/patches'>) {
  const search = namespacePageSearch.parse(await searchParams);
  const state = await pageData(search.namespace, (namespace) => [
    {
      queryKey: patchesQuery(namespace).queryKey,
      load: (ctx) => listPatches(ctx, { namespace, limit: LIST_LIMIT }),
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <PatchesView />
    </HydrationBoundary>
  );
}
