import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { pageData } from '#app/_server/page-data.ts';
import { PatchView } from '#components/patches/patch-view.tsx';
import { patchQuery } from '#lib/api/patches/queries.ts';
import { patchPageSearch } from '#lib/api/shared/page-search.ts';
import { getPatch } from '#server/usecases/patches/get-patch.ts';

export const metadata: Metadata = { title: 'Patch' };

export default async function Page({ searchParams }: PageProps<'/patch'>) {
  const { namespace: wanted, kind, id } = patchPageSearch.parse(await searchParams);
  const patch = kind === null || id === null ? null : { kind, id };
  const state = await pageData(wanted, (namespace) =>
    patch === null
      ? []
      : [{ queryKey: patchQuery(namespace, patch).queryKey, load: (ctx) => getPatch(ctx, { namespace, ...patch }) }],
  );
  return (
    <HydrationBoundary state={state}>
      <PatchView patch={patch} />
    </HydrationBoundary>
  );
}
