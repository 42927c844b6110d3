'use client';

import { type ReactNode, useState } from 'react';
import { ChangeDialog } from '#components/changes/change-dialog.tsx';
import { QueueLanes } from '#components/queues/queue-lanes.tsx';
import { QueueNotes } from '#components/queues/queue-notes.tsx';
import { UnregisteredWorkers } from '#components/queues/unregistered-workers.tsx';
import { WorkerList } from '#components/queues/worker-list.tsx';
import { OpenByName } from '#components/shell/open-by-name.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { OutsideLink } from '#components/ui/outside-link.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { PhraseText } from '#components/ui/phrase.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import type { Status } from '#lib/api/status/schemas.ts';
import type { TaskQueue } from '#lib/api/task-queues/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
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
  const [draft, setDraft] = useState<VersionSetOperation | null>(null);
  const canChange = queue.family === 'on' && status !== null && !status.isReadOnly;
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
      <QueueNotes queue={queue} status={status} />
      {isEmpty ? (
        <EmptyState title="No version set, no worker, no open run.">
          Perhaps the name is mistyped. A queue exists for Temporal once a worker polls it or a run starts on it; a
          build ID can be added before that.
          <div className="mt-4">
            <OpenByName namespace={namespace} />
          </div>
        </EmptyState>
      ) : null}
      <UnregisteredWorkers queue={queue} onChange={canChange ? setDraft : null} />
      <QueueLanes queue={queue} commitPattern={status?.links.commit ?? null} onChange={canChange ? setDraft : null} />
      {draft === null ? null : (
        <ChangeDialog namespace={namespace} queue={queue} initial={draft} onClose={() => setDraft(null)} />
      )}
    </PageFrame>
  );
}
