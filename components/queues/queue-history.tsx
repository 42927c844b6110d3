'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import { Actor } from '#components/changes/actor.tsx';
import { isUndoable } from '#components/changes/is-undoable.ts';
import { Difference } from '#components/changes/outside-words.tsx';
import { StateMarks } from '#components/changes/state-marks.tsx';
import { Button } from '#components/ui/button.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { RowList } from '#components/ui/row-list.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Change, ChangeItem, changeListSchema } from '#lib/api/changes/schemas.ts';
import { nextUndoStep } from '#lib/domain/change-plan/undo.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { itemWords, timeOf } from '#lib/format/history-words.ts';
import { pages } from '#lib/routes.ts';

interface QueueHistoryProps {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly query: UseQueryResult<z.infer<typeof changeListSchema>>;
  /** The queue's sets now: what cannot be taken back any more is not offered. */
  readonly sets: VersionSets;
  /** null: changes are not offered. */
  readonly onUndo: ((change: Change) => void) | null;
}

/** The newest changes of the queue, made here or noticed, each with its way back. */
export function QueueHistory({ namespace, taskQueue, query, sets, onUndo }: QueueHistoryProps) {
  return (
    <Section title="History" about="The newest changes of this queue’s sets, and what was changed outside Patchboard.">
      <QueryState query={query} where="The history of this queue" skeleton={<Skeleton className="h-28 w-full" />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="rounded-md border border-line bg-surface p-3 text-ink-soft">
              No change is on record. Those made here, and those found to be made elsewhere, are kept here.
            </p>
          ) : (
            <div className="flex flex-col gap-2">
              <RowList label="History">
                {items.map((item) => (
                  <HistoryRow
                    key={item.id}
                    item={item}
                    href={pages.changes(namespace, { queue: taskQueue, id: item.id })}
                    sets={sets}
                    onUndo={onUndo}
                  />
                ))}
              </RowList>
              <PageLink href={pages.changes(namespace, { queue: taskQueue })} className="self-start">
                All changes of this queue
              </PageLink>
            </div>
          )
        }
      </QueryState>
    </Section>
  );
}

interface HistoryRowProps extends Pick<QueueHistoryProps, 'sets' | 'onUndo'> {
  readonly item: ChangeItem;
  readonly href: string;
}

function HistoryRow({ item, href, sets, onUndo }: HistoryRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2">
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
        <PageLink href={href} className="self-start wrap-anywhere">
          {itemWords(item)}
        </PageLink>
        <p className="text-sm wrap-anywhere text-ink-soft">
          <Time iso={timeOf(item)} />
          {item.kind === 'outside' ? (
            <>
              : <Difference item={item} />
            </>
          ) : (
            <>
              , by <Actor item={item} />
              {item.reason === '' ? null : <>: {escapeText(item.reason)}</>}
            </>
          )}
        </p>
      </div>
      <StateMarks item={item} />
      <span className="flex w-16 justify-end max-sm:w-auto empty:max-sm:hidden">
        {onUndo !== null && isUndoable(item) && isStillUndoable(item, sets) ? (
          <Button aria-label={`Undo: ${itemWords(item)}`} onClick={() => onUndo(item)}>
            Undo
          </Button>
        ) : null}
      </span>
    </li>
  );
}

/** From the sets as they are now: nothing else has decided meanwhile where that work goes. */
function isStillUndoable({ before, operation }: Change, now: VersionSets): boolean {
  return nextUndoStep({ sets: before }, operation, now).kind === 'operation';
}
