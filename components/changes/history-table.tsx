'use client';

import { historyColumns } from '#components/changes/history-columns.tsx';
import { HistoryTools } from '#components/changes/history-tools.tsx';
import type { useChangesAddress } from '#components/changes/use-changes-address.ts';
import { Button } from '#components/ui/button.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { Change, ChangeItem } from '#lib/api/changes/schemas.ts';
import { formatCount } from '#lib/format/count.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { STATE_MARKS, stateOf } from '#lib/format/history-words.ts';
import { pages } from '#lib/routes.ts';

interface HistoryTableProps {
  readonly namespace: string;
  /** Newest first, as far as they are loaded. */
  readonly items: readonly ChangeItem[];
  readonly address: ReturnType<typeof useChangesAddress>;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly onLoadMore: () => void;
  readonly onUndo: ((change: Change) => void) | null;
}

/** The history as a table. The queue is asked of the server; outcome and words look through what is loaded. */
export function HistoryTable(props: HistoryTableProps) {
  const { namespace, items, address, hasMore, isLoadingMore, onLoadMore, onUndo } = props;
  const { queue, outcome, setId } = address;
  const rows = items
    .filter((item) => outcome === null || stateOf(item) === outcome)
    .map((item) => ({
      item,
      href: pages.changes(namespace, { ...(queue === null ? {} : { queue }), id: item.id }),
      onOpen: () => setId(item.id),
      onUndo,
    }));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <HistoryTools
        namespace={namespace}
        queues={items.map((item) => item.taskQueue)}
        queue={queue}
        onQueue={address.setQueue}
        outcome={outcome}
        onOutcome={address.setOutcome}
      />
      <DataTable
        caption="Changes"
        columns={historyColumns}
        rows={rows}
        rowKey={(row) => row.item.id}
        initialSort={{ id: 'when', isDescending: true }}
        noun="change"
        empty={<NoChanges queue={queue} outcome={outcome} isNarrowed={items.length > 0} />}
      />
      {hasMore ? (
        <div className="flex flex-wrap items-center gap-3">
          <Button isBusy={isLoadingMore} onClick={onLoadMore}>
            {isLoadingMore ? 'Loading older changes' : 'Load older changes'}
          </Button>
          <span className="text-sm text-ink-soft">
            The newest {formatCount(items.length, 'change')} are loaded; filters look through these.
          </span>
        </div>
      ) : null}
    </div>
  );
}

interface NoChangesProps {
  readonly queue: string | null;
  readonly outcome: keyof typeof STATE_MARKS | null;
  readonly isNarrowed: boolean;
}

function NoChanges({ queue, outcome, isNarrowed }: NoChangesProps) {
  if (isNarrowed && outcome !== null) {
    return (
      <EmptyState title={`No loaded change is “${STATE_MARKS[outcome].word}”.`}>Choose another outcome.</EmptyState>
    );
  }
  return (
    <EmptyState
      title={queue === null ? 'Nothing has been changed yet.' : `Nothing of ${escapeText(queue)} is on record.`}
    >
      A change comes here when it is applied on a queue’s page or with{' '}
      <code className="font-mono">patchboard change</code>, and when the sets of a queue that was read before are found
      changed by somebody else.
    </EmptyState>
  );
}
