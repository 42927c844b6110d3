'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangeDetails } from '#components/changes/change-details.tsx';
import { ChangeDialog } from '#components/changes/change-dialog.tsx';
import { HistoryTable } from '#components/changes/history-table.tsx';
import { useChangesAddress } from '#components/changes/use-changes-address.ts';
import { useNow } from '#components/ui/clock.tsx';
import { DataTableSkeleton } from '#components/ui/data-table-skeleton.tsx';
import { Note } from '#components/ui/note.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { PhraseText } from '#components/ui/phrase.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import { SentenceSkeleton } from '#components/ui/sentence-skeleton.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { changesQuery } from '#lib/api/changes/queries.ts';
import type { Change, ChangeItem } from '#lib/api/changes/schemas.ts';
import { statusQuery } from '#lib/api/status/queries.ts';
import { historyOpening } from '#lib/format/history-words.ts';

/** The sentence, then the history; one item or the taking back of it in a dialog above. */
export function ChangesView({ namespace }: { namespace: string }) {
  const address = useChangesAddress();
  const query = useInfiniteQuery(changesQuery(namespace, address.queue));
  const status = useQuery(statusQuery(namespace));
  const [undone, setUndone] = useState<Change | null>(null);
  const items = query.data?.pages.flatMap((page) => page.items);
  const isChangeable = status.data?.isReadOnly === false;
  const undo = (change: Change) => {
    address.setId(null);
    setUndone(change);
  };
  const newest = query.data?.pages[0];
  return (
    <PageFrame
      title="Changes"
      opening={
        newest !== undefined && items !== undefined ? (
          <Opening items={items} hasMore={query.hasNextPage} readAt={newest.asOf} />
        ) : query.error === null ? (
          <SentenceSkeleton />
        ) : null
      }
    >
      {status.data?.isReadOnly === true ? (
        <Note meaning="unknown">Changes are off: {status.data.readOnlyReason ?? 'Patchboard is read-only.'}</Note>
      ) : null}
      <QueryState query={query} where={`The changes of ${namespace}`} skeleton={<TableSkeleton />}>
        {() => (
          <HistoryTable
            namespace={namespace}
            items={items ?? []}
            address={address}
            hasMore={query.hasNextPage}
            isLoadingMore={query.isFetchingNextPage}
            onLoadMore={() => void query.fetchNextPage()}
            onUndo={isChangeable ? undo : null}
          />
        )}
      </QueryState>
      {address.id === null ? null : (
        <ChangeDetails
          key={address.id}
          namespace={namespace}
          id={address.id}
          listed={items?.find((item) => item.id === address.id)}
          onUndo={isChangeable ? undo : null}
          onClose={() => address.setId(null)}
        />
      )}
      {undone === null ? null : (
        <ChangeDialog
          namespace={namespace}
          taskQueue={undone.taskQueue}
          sets={{ sets: undone.before }}
          initial={{ kind: 'undo', change: undone }}
          onClose={() => setUndone(null)}
        />
      )}
    </PageFrame>
  );
}

function TableSkeleton() {
  return (
    <div className="flex flex-col gap-3">
      <Skeleton className="h-8 w-60" />
      <DataTableSkeleton />
    </div>
  );
}

interface OpeningProps {
  readonly items: readonly ChangeItem[];
  readonly hasMore: boolean;
  readonly readAt: string;
}

function Opening({ items, hasMore, readAt }: OpeningProps) {
  const { meaning, phrase } = historyOpening(items, hasMore, useNow());
  return (
    <Sentence {...(meaning === null ? {} : { meaning })} readAt={readAt}>
      <PhraseText phrase={phrase} />
    </Sentence>
  );
}
