'use client';

import { AuthorLine } from '#components/runs/author-line.tsx';
import { EntryBody } from '#components/runs/entry-body.tsx';
import { useNow } from '#components/ui/clock.tsx';
import type { DataColumn } from '#components/ui/data-table-features.ts';
import { Time } from '#components/ui/time.tsx';
import type { LensEntryItem } from '#lib/api/runs/schemas.ts';
import { formatNumber } from '#lib/format/count.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { formatRelative } from '#lib/format/relative-time.ts';
import { authorName, entryText, isRoutingRecorded, routingWord } from '#lib/format/run-entry-words.ts';

/** An entry with what its links and its author's line need. */
export interface EntryRow extends LensEntryItem {
  readonly namespace: string;
  readonly workflowId: string;
  /** True: the entry before is of another author, or of none. */
  readonly isNewAuthor: boolean;
}

export const TIMELINE_COLUMNS: readonly DataColumn<EntryRow>[] = [
  {
    id: 'what',
    header: 'What',
    value: (row) => entryText(row),
    cell: (row) => <EntryBody row={row} />,
  },
  {
    id: 'who',
    header: 'Worker',
    width: '@2xl:w-72',
    value: (row) => authorText(row),
    cell: (row) =>
      row.author === null ? (
        <span className="text-ink-soft">{WRITTEN_BY_WORKERS.has(row.fact.kind) ? 'not known' : 'no worker'}</span>
      ) : (
        <AuthorLine author={row.author} isWhole={row.isNewAuthor} isRoutingRecorded={isRoutingRecorded(row.fact)} />
      ),
  },
  {
    id: 'when',
    header: 'When',
    kind: 'time',
    width: '@2xl:w-32',
    value: (row) => Date.parse(row.time),
    cell: (row) => <When row={row} />,
  },
  {
    id: 'event',
    header: 'Event',
    kind: 'number',
    orders: ['oldest first', 'newest first'],
    width: '@2xl:w-28',
    value: (row) => row.eventId,
    cell: (row) => (
      <span className="whitespace-nowrap">
        {formatNumber(row.eventId)}
        {row.lastEventId === row.eventId ? null : ` to ${formatNumber(row.lastEventId)}`}
      </span>
    ),
  },
];

/** Where the worker's task is not the newest one before it, the history does not say who. */
const WRITTEN_BY_WORKERS: ReadonlySet<EntryRow['fact']['kind']> = new Set(['patch', 'unreadable-marker', 'labels']);

function authorText({ author, fact }: EntryRow): string | null {
  if (author === null) return null;
  const name = authorName(author);
  const isRecorded = isRoutingRecorded(fact);
  const noBuild = isRecorded ? 'no build ID' : 'build not recorded';
  const build = `${name === null ? noBuild : escapeText(name)} ${isRecorded ? routingWord(author) : ''}`;
  return [build, ...author.identities.map(escapeText)].join(' ');
}

function When({ row }: { row: EntryRow }) {
  const nowMs = useNow();
  const isOneMoment = formatRelative(Date.parse(row.time), nowMs) === formatRelative(Date.parse(row.lastTime), nowMs);
  if (isOneMoment) return <Time iso={row.time} />;
  return (
    <span className="flex flex-col">
      <Time iso={row.time} />
      <span className="text-ink-soft">
        last <Time iso={row.lastTime} />
      </span>
    </span>
  );
}
