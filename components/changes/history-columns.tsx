import { Actor } from '#components/changes/actor.tsx';
import { ChangeLink } from '#components/changes/change-link.tsx';
import { isUndoable } from '#components/changes/is-undoable.ts';
import { Difference } from '#components/changes/outside-words.tsx';
import { StateMarks } from '#components/changes/state-marks.tsx';
import { Button } from '#components/ui/button.tsx';
import type { DataColumn } from '#components/ui/data-table-features.ts';
import { IdentifierText } from '#components/ui/identifier.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Change, ChangeItem } from '#lib/api/changes/schemas.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { itemWords, STATE_MARKS, stateOf, timeOf } from '#lib/format/history-words.ts';
import { phraseText } from '#lib/format/phrase.ts';
import { setsDifference } from '#lib/format/sets-difference.ts';
import { pages } from '#lib/routes.ts';

export interface HistoryRow {
  readonly item: ChangeItem;
  /** The page's own address with this item opened. */
  readonly href: string;
  readonly onOpen: () => void;
  /** null: changes are not offered. */
  readonly onUndo: ((change: Change) => void) | null;
}

export const historyColumns: readonly DataColumn<HistoryRow>[] = [
  {
    id: 'change',
    header: 'Change',
    value: ({ item }) => `${itemWords(item)} ${item.kind === 'outside' ? differenceText(item) : ''}`,
    cell: (row) => (
      <div className="flex min-w-0 flex-col py-1 wrap-anywhere">
        <ChangeLink {...row} />
        {row.item.kind === 'outside' ? (
          <span className="text-ink-soft">
            <Difference item={row.item} />
          </span>
        ) : null}
      </div>
    ),
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: '@2xl:w-36',
    value: ({ item }) => STATE_MARKS[stateOf(item)].word,
    cell: ({ item }) => <StateMarks item={item} />,
  },
  {
    id: 'when',
    header: 'When',
    kind: 'time',
    width: '@2xl:w-24',
    value: ({ item }) => Date.parse(timeOf(item)),
    cell: ({ item }) => <Time iso={timeOf(item)} />,
  },
  {
    id: 'queue',
    header: 'Queue',
    width: '@4xl:w-36',
    value: ({ item }) => item.taskQueue,
    cell: ({ item }) => (
      <PageLink href={pages.queue(item.namespace, item.taskQueue)} className="inline-flex max-w-full">
        <IdentifierText text={item.taskQueue} />
      </PageLink>
    ),
  },
  {
    id: 'by',
    header: 'By',
    width: '@4xl:w-36',
    value: ({ item }) => (item.kind === 'change' ? item.actor : null),
    cell: ({ item }) => <Actor item={item} />,
  },
  {
    id: 'why',
    header: 'Why',
    width: '@4xl:w-40',
    value: ({ item }) => (item.kind === 'change' && item.reason !== '' ? item.reason : null),
    cell: ({ item }) => <Reason item={item} />,
  },
  {
    id: 'undo',
    header: 'Undo',
    width: '@2xl:w-24',
    value: ({ item }) => (isUndoable(item) ? 'undo' : null),
    cell: ({ item, onUndo }) => <UndoCell item={item} onUndo={onUndo} />,
  },
];

function differenceText({ before, after }: Extract<ChangeItem, { kind: 'outside' }>): string {
  return phraseText(setsDifference({ sets: before }, { sets: after }));
}

function Reason({ item }: { item: ChangeItem }) {
  if (item.kind === 'outside') return <span className="text-ink-soft">not known</span>;
  if (item.reason === '') return <span className="text-ink-soft">none given</span>;
  return <span className="line-clamp-3 wrap-anywhere">{escapeText(item.reason)}</span>;
}

function UndoCell({ item, onUndo }: Pick<HistoryRow, 'item' | 'onUndo'>) {
  if (!isUndoable(item)) return <span className="text-ink-soft">none</span>;
  if (onUndo === null) return <span className="text-ink-soft">changes are off</span>;
  return (
    <Button aria-label={`Undo: ${itemWords(item)}`} onClick={() => onUndo(item)}>
      Undo
    </Button>
  );
}
