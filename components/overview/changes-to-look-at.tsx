'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { NewestChangeNote } from '#components/queues/newest-change-note.tsx';
import { changesQuery } from '#lib/api/changes/queries.ts';
import { needsLook, newestOfQueues } from '#lib/format/history-words.ts';

/** As many as leave the page's own answer in sight; the page of changes has all. */
const MOST = 3;

/** Queues whose newest change was made elsewhere, was overtaken, or is not known to be written. Nothing where there are none. */
export function ChangesToLookAt({ namespace }: { namespace: string }) {
  const { data } = useInfiniteQuery(changesQuery(namespace, null));
  const items = data?.pages[0]?.items ?? [];
  const found = newestOfQueues(items).filter((item) => needsLook(item));
  if (found.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 empty:hidden">
      {found.slice(0, MOST).map((item) => (
        <NewestChangeNote key={item.id} namespace={namespace} newest={item} isQueueNamed />
      ))}
    </div>
  );
}
