'use client';

import { useQuery } from '@tanstack/react-query';
import { QueuesView } from '#components/queues/queues-view.tsx';
import { NamespaceGate } from '#components/shell/namespace-gate.tsx';
import { DataTableSkeleton } from '#components/ui/data-table-skeleton.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SentenceSkeleton } from '#components/ui/sentence-skeleton.tsx';
import { taskQueuesQuery } from '#lib/api/task-queues/queries.ts';

const TITLE = 'Task queues';

/** All task queues that runs or memory know. */
export function QueuesPage() {
  return (
    <NamespaceGate skeleton={<PageFrame title={TITLE} opening={<QueuesSkeleton />} />}>
      {(namespace) => <Queues namespace={namespace} />}
    </NamespaceGate>
  );
}

function Queues({ namespace }: { namespace: string }) {
  const query = useQuery(taskQueuesQuery(namespace));
  return (
    <QueryState query={query} where="The list of task queues" title={TITLE} skeleton={<QueuesSkeleton />}>
      {(list) => <QueuesView namespace={namespace} list={list} />}
    </QueryState>
  );
}

function QueuesSkeleton() {
  return (
    <div className="flex flex-col gap-6">
      <SentenceSkeleton />
      <DataTableSkeleton />
    </div>
  );
}
