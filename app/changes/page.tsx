import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { pageData } from '#app/_server/page-data.ts';
import { ChangesPage } from '#components/changes/changes-page.tsx';
import { changesQuery, HISTORY_PAGE } from '#lib/api/changes/queries.ts';
import { changesPageSearch } from '#lib/api/shared/page-search.ts';
import { listChanges } from '#server/usecases/changes/list-changes.ts';

export const metadata: Metadata = { title: 'Changes' };

export default async function Page({ searchParams }: PageProps<'/changes'>) {
  const { namespace, queue } = changesPageSearch.parse(await searchParams);
  const taskQueue = queue === null ? {} : { taskQueue: queue };
  const state = await pageData(namespace, (namespace) => [
    {
      queryKey: changesQuery(namespace, queue).queryKey,
      // As an infinite query keeps it: the first page, asked without a cursor.
      load: async (ctx) => ({
        pages: [await listChanges(ctx, { namespace, ...taskQueue, limit: HISTORY_PAGE })],
        pageParams: [null],
      }),
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <ChangesPage />
    </HydrationBoundary>
  );
}
