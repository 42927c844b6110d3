'use client';

import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { BlockedPatches } from '#components/overview/blocked-patches.tsx';
import { BusiestQueues } from '#components/overview/busiest-queues.tsx';
import { ChangesToLookAt } from '#components/overview/changes-to-look-at.tsx';
import { FamilyNotes } from '#components/status/family-notes.tsx';
import { NamespaceGate } from '#components/shell/namespace-gate.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { PictureNote } from '#components/ui/picture-note.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { Section } from '#components/ui/section.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { patchesQuery } from '#lib/api/patches/queries.ts';
import type { PatchList } from '#lib/api/patches/schemas.ts';
import { taskQueuesQuery } from '#lib/api/task-queues/queries.ts';
import type { TaskQueueList } from '#lib/api/task-queues/schemas.ts';
import { overviewOpening } from '#lib/format/overview-words.ts';

/** What needs you now: patches whose next step is blocked, and the queues with open runs. */
export function OverviewView() {
  return (
    <NamespaceGate skeleton={<PageFrame title="Overview" opening={<Skeleton className="h-7 w-96" />} />}>
      {(namespace) => <Overview namespace={namespace} />}
    </NamespaceGate>
  );
}

function Overview({ namespace }: { namespace: string }) {
  const patches = useQuery(patchesQuery(namespace));
  const queues = useQuery(taskQueuesQuery(namespace));
  return (
    <PageFrame title="Overview" opening={<Opening patches={patches} queues={queues} />}>
      <FamilyNotes namespace={namespace} />
      <ChangesToLookAt namespace={namespace} />
      {patches.data ? <PictureNote picture={patches.data.picture} /> : null}
      <Section title="May this code go?" about="The next step of each patch: what may go first, then what is blocked.">
        <QueryState query={patches} where={`The patches of ${namespace}`} skeleton={<ListSkeleton />}>
          {(list) => <BlockedPatches namespace={namespace} patches={list.items} />}
        </QueryState>
      </Section>
      <Section title="Where will work go?" about="Task queues by open runs.">
        <QueryState query={queues} where={`The task queues of ${namespace}`} skeleton={<ListSkeleton />}>
          {(list) => <BusiestQueues namespace={namespace} queues={list.items} />}
        </QueryState>
      </Section>
    </PageFrame>
  );
}

interface OpeningProps {
  readonly patches: UseQueryResult<PatchList>;
  readonly queues: UseQueryResult<TaskQueueList>;
}

function Opening({ patches, queues }: OpeningProps) {
  if (patches.data === undefined || queues.data === undefined) {
    if (patches.error !== null || queues.error !== null) return null;
    return <Skeleton className="h-7 w-96" />;
  }
  const { meaning, words } = overviewOpening(patches.data.items, queues.data.items, queues.data.asOf !== null);
  return (
    <Sentence {...(meaning === null ? {} : { meaning })} readAt={queues.data.asOf}>
      {words}
    </Sentence>
  );
}

function ListSkeleton() {
  return <Skeleton className="h-36 w-full" />;
}
