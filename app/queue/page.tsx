import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { prefetch } from '#app/_server/prefetch.ts';
import { QueuePage } from '#components/queues/queue-page.tsx';
import { NEWEST_CHANGES, newestChangesQuery } from '#lib/api/changes/queries.ts';
import { namedPageSearch } from '#lib/api/shared/page-search.ts';
import { taskQueueQuery } from '#lib/api/task-queues/queries.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { truncateMiddle } from '#lib/format/truncate-middle.ts';
import { listChanges } from '#server/usecases/changes/list-changes.ts';
import { getTaskQueue } from '#server/usecases/task-queues/get-task-queue.ts';

/** What a browser's tab or bookmark shows of a long name. */
const TITLE_GLYPHS = 60;

export async function generateMetadata({ searchParams }: PageProps<'/queue'>): Promise<Metadata> {
  const { name } = namedPageSearch.parse(await searchParams);
  return { title: name === null ? 'Queue' : `${truncateMiddle(escapeText(name), TITLE_GLYPHS)} queue` };
}

export default async function Page({ searchParams }: PageProps<'/queue'>) {
  const { namespace, name } = namedPageSearch.parse(await searchParams);
  const state =
    namespace === null || name === null
      ? undefined
      : await prefetch([
          { queryKey: taskQueueQuery(namespace, name).queryKey, load: (ctx) => getTaskQueue(ctx, { namespace, name }) },
          {
            queryKey: newestChangesQuery(namespace, name).queryKey,
            load: (ctx) => listChanges(ctx, { namespace, taskQueue: name, limit: NEWEST_CHANGES }),
          },
        ]);
  return (
    <HydrationBoundary state={state}>
      <QueuePage name={name} />
    </HydrationBoundary>
  );
}
