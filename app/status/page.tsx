import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { pageData } from '#app/_server/page-data.ts';
import { StatusView } from '#components/status/status-view.tsx';
import { namespacePageSearch } from '#lib/api/shared/page-search.ts';

export const metadata: Metadata = { title: 'Status' };

export default async function Page({ searchParams }: PageProps<'/status'>) {
  const { namespace } = namespacePageSearch.parse(await searchParams);
  return (
    <HydrationBoundary state={await pageData(namespace)}>
      <StatusView />
    </HydrationBoundary>
  );
}
