'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ChangeDialog } from '#components/changes/change-dialog.tsx';
import type { ChangeStart } from '#components/changes/change-start.ts';
import { WhatIfDialog } from '#components/changes/what-if-dialog.tsx';
import { NewestChangeNote } from '#components/queues/newest-change-note.tsx';
import { QueueHistory } from '#components/queues/queue-history.tsx';
import { QueueLanes } from '#components/queues/queue-lanes.tsx';
import { QueueNotes } from '#components/queues/queue-notes.tsx';
import { setsOf } from '#components/queues/sets-of.ts';
import { surroundingsOf } from '#components/queues/surroundings.ts';
import { UnregisteredWorkers } from '#components/queues/unregistered-workers.tsx';
import { WorkerList } from '#components/queues/worker-list.tsx';
import { OpenByName } from '#components/shell/open-by-name.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { OutsideLink } from '#components/ui/outside-link.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { PhraseText } from '#components/ui/phrase.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import { newestChangesQuery } from '#lib/api/changes/queries.ts';
import type { Status } from '#lib/api/status/schemas.ts';
import { taskQueuesQuery } from '#lib/api/task-queues/queries.ts';
import type { TaskQueue } from '#lib/api/task-queues/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { isInVain } from '#lib/format/history-words.ts';
import { taskQueueLink } from '#lib/format/link-pattern.ts';
import { isUnheardOf, queueSentence } from '#lib/format/queue-words.ts';

interface QueueViewProps {
  readonly namespace: string;
  readonly queue: TaskQueue;
  /** null: not known yet; changes are offered once it says that they are allowed. */
  readonly status: Status | null;
  readonly title: ReactNode;
}

/** The sentence, the lanes, the workers beside them; the dialog of a change above it all. */
export function QueueView({ namespace, queue, status, title }: QueueViewProps) {
  const [start, setStart] = useState<ChangeStart | null>(null);
  const [isTrying, setIsTrying] = useState(false);
  const changes = useQuery(newestChangesQuery(namespace, queue.name));
  const queues = useQuery(taskQueuesQuery(namespace));
  const newest = changes.data?.items.find((item) => !isInVain(item));
  const sets = setsOf(queue);
  const canChange = queue.family === 'on' && status !== null && !status.isReadOnly;
  const choose = canChange ? (operation: VersionSetOperation) => setStart({ kind: 'choose', operation }) : null;
  const uiLink = taskQueueLink(status?.links.temporalUi ?? null, { namespace, taskQueue: queue.name });
  const { needsAttention, phrase } = queueSentence(queue);
  const isEmpty = queue.family === 'on' && isUnheardOf(queue);
  return (
    <PageFrame
      title={title}
      actions={uiLink === null ? undefined : <OutsideLink href={uiLink}>Temporal UI</OutsideLink>}
      opening={
        isEmpty ? (
          <Sentence readAt={queue.asOf}>Temporal knows nothing of this queue.</Sentence>
        ) : (
          <Sentence {...(needsAttention ? { meaning: 'attention' as const } : {})} readAt={queue.asOf}>
            <PhraseText phrase={phrase} />
          </Sentence>
        )
      }
      aside={<WorkerList queue={queue} />}
    >
      <div className="flex flex-col gap-2 empty:hidden">
        <QueueNotes queue={queue} status={status} />
        <UnregisteredWorkers queue={queue} onChange={choose} />
        {newest === undefined ? null : <NewestChangeNote namespace={namespace} newest={newest} />}
      </div>
      {isEmpty ? (
        <EmptyState title="No version set, no worker, no open run.">
          Perhaps the name is mistyped. A queue exists for Temporal once a worker polls it or a run starts on it; a
          build ID can be added before that.
          <div className="mt-4">
            <OpenByName namespace={namespace} />
          </div>
        </EmptyState>
      ) : null}
      <QueueLanes
        queue={queue}
        commitPattern={status?.links.commit ?? null}
        onChange={choose}
        onTry={queue.family === 'on' ? () => setIsTrying(true) : null}
        surroundingsOf={(set) => surroundingsOf(set, { queue, list: queues.data, changes: changes.data?.items })}
      />
      <QueueHistory
        namespace={namespace}
        taskQueue={queue.name}
        query={changes}
        sets={sets}
        onUndo={canChange ? (change) => setStart({ kind: 'undo', change }) : null}
      />
      {start === null ? null : (
        <ChangeDialog
          namespace={namespace}
          taskQueue={queue.name}
          sets={sets}
          initial={start}
          onClose={() => setStart(null)}
        />
      )}
      {isTrying ? (
        <WhatIfDialog
          namespace={namespace}
          taskQueue={queue.name}
          sets={sets}
          onStart={
            canChange
              ? (first) => {
                  setIsTrying(false);
                  setStart(first);
                }
              : null
          }
          onClose={() => setIsTrying(false)}
        />
      ) : null}
    </PageFrame>
  );
}
