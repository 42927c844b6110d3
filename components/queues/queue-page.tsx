'use client';

import { useQuery } from '@tanstack/react-query';
import { QueueSkeleton } from '#components/queues/queue-skeleton.tsx';
import { QueueView } from '#components/queues/queue-view.tsx';
import { NamespaceGate } from '#components/shell/namespace-gate.tsx';
import { OpenByName } from '#components/shell/open-by-name.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { statusQuery } from '#lib/api/status/queries.ts';
import { taskQueueQuery } from '#lib/api/task-queues/queries.ts';
import { escapeText } from '#lib/format/escape-text.ts';

/** One task queue. `name` null: the address names none, so the page asks for it. */
export function QueuePage({ name }: { name: string | null }) {
  return (
    <NamespaceGate skeleton={<PageFrame title="Task queue" opening={<QueueSkeleton />} />}>
      {(namespace) =>
        name === null ? <Unnamed namespace={namespace} /> : <Queue key={name} namespace={namespace} name={name} />
      }
    </NamespaceGate>
  );
}

function Queue({ namespace, name }: { namespace: string; name: string }) {
  const query = useQuery(taskQueueQuery(namespace, name));
  const status = useQuery(statusQuery(namespace));
  const title = (
    <>
      <span className="shrink-0">Task queue</span> <Identifier text={name} />
    </>
  );
  return (
    <QueryState query={query} where={`The task queue ${escapeText(name)}`} title={title} skeleton={<QueueSkeleton />}>
      {(queue) => <QueueView namespace={namespace} queue={queue} status={status.data ?? null} title={title} />}
    </QueryState>
  );
}

function Unnamed({ namespace }: { namespace: string }) {
  return (
    <PageFrame title="Task queue" opening={<p className="text-xl font-medium">The address names no queue.</p>}>
      <OpenByName namespace={namespace} />
    </PageFrame>
  );
}
