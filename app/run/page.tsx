import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { pageData } from '#app/_server/page-data.ts';
import { RunPage } from '#components/runs/run-page.tsx';
import { runQuery } from '#lib/api/runs/queries.ts';
import { runPageSearch } from '#lib/api/shared/page-search.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { truncateMiddle } from '#lib/format/truncate-middle.ts';
import { getRun } from '#server/usecases/runs/get-run.ts';

/** What a browser's tab or bookmark shows of a long name. */
const TITLE_GLYPHS = 60;

export async function generateMetadata({ searchParams }: PageProps<'/run'>): Promise<Metadata> {
  const { workflowId } = runPageSearch.parse(await searchParams);
  return { title: workflowId === null ? 'Run' : `${truncateMiddle(escapeText(workflowId), TITLE_GLYPHS)} run` };
}

export default async function Page({ searchParams }: PageProps<'/run'>) {
  const { namespace: wanted, workflowId, runId } = runPageSearch.parse(await searchParams);
  const state = await pageData(wanted, (namespace) =>
    workflowId === null
      ? []
      : [
          {
            queryKey: runQuery(namespace, workflowId, runId ?? '').queryKey,
            load: (ctx) => getRun(ctx, { namespace, workflowId, runId: runId ?? '' }),
          },
        ],
  );
  return (
    <HydrationBoundary state={state}>
      <RunPage workflowId={workflowId} runId={runId} />
    </HydrationBoundary>
  );
}
