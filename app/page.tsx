import { HydrationBoundary } from '@tanstack/react-query';
import { LIST_LIMIT, pageData } from '#app/_server/page-data.ts';
import { OverviewView } from '#components/overview/overview-view.tsx';
import { patchesQuery } from '#lib/api/patches/queries.ts';
import { namespacePageSearch } from '#lib/api/shared/page-search.ts';
import { taskQueuesQuery } from '#lib/api/task-queues/queries.ts';
import { listPatches } from '#server/usecases/patches/list-patches.ts';
import { listTaskQueues } from '#server/usecases/task-queues/list-task-queues.ts';

export default async function Page({ searchParams }: PageProps<'/'>) {
  const search = namespacePageSearch.parse(await searchParams);
  const state = await pageData(search.namespace, (namespace) => [
    { queryKey: patchesQuery(namespace).queryKey, load: (ctx) => listPatches(ctx, { namespace, limit: LIST_LIMIT }) },
    {
      queryKey: taskQueuesQuery(namespace).queryKey,
      load: (ctx) => listTaskQueues(ctx, { namespace, limit: LIST_LIMIT }),
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <OverviewView />
    </HydrationBoundary>
  );
}
