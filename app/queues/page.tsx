import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { prefetch } from '#app/_server/prefetch.ts';
import { QueuesPage } from '#components/queues/queues-page.tsx';
import { namespacePageSearch } from '#lib/api/shared/page-search.ts';
import { taskQueuesQuery } from '#lib/api/task-queues/queries.ts';
import { listTaskQueues } from '#server/usecases/task-queues/list-task-queues.ts';

export const metadata: Metadata = { title: 'Queues' };

/** One page of the API. The table draws a hundred rows of it at first, so that no big table is drawn on the server. */
const PREFETCHED_QUEUES = 1000;

export default async function Page({ searchParams }: PageProps<'/queues'>) {
  const { namespace } = namespacePageSearch.parse(await searchParams);
  const state =
    namespace === null
      ? undefined
      : await prefetch([
          {
            queryKey: taskQueuesQuery(namespace).queryKey,
            load: (ctx) => listTaskQueues(ctx, { namespace, limit: PREFETCHED_QUEUES }),
          },
        ]);
  return (
    <HydrationBoundary state={state}>
      <QueuesPage />
    </HydrationBoundary>
  );
}
