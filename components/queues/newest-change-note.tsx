'use client';

import { OutsideWords } from '#components/changes/outside-words.tsx';
import { useNow } from '#components/ui/clock.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { Note } from '#components/ui/note.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import type { Change, ChangeItem } from '#lib/api/changes/schemas.ts';
import { itemWords, timeOf } from '#lib/format/history-words.ts';
import { pages } from '#lib/routes.ts';

/** Longer ago it is history: where sets are always changed elsewhere, the note would never go. */
const NEWS_MS = 24 * 60 * 60_000;

interface NewestChangeNoteProps {
  readonly namespace: string;
  readonly newest: ChangeItem;
  /** Where the page is not the queue's own. */
  readonly isQueueNamed?: boolean;
}

/** Says above the lanes when they may not be what the reader remembers: changed elsewhere, overtaken, or not known to be written. */
export function NewestChangeNote({ namespace, newest, isQueueNamed = false }: NewestChangeNoteProps) {
  const nowMs = useNow();
  const isNews = nowMs - Date.parse(timeOf(newest)) < NEWS_MS;
  const link = <PageLink href={pages.changes(namespace, { queue: newest.taskQueue, id: newest.id })}>Details</PageLink>;
  const queue = isQueueNamed ? (
    <p>
      <Identifier text={newest.taskQueue} href={pages.queue(namespace, newest.taskQueue)} />
    </p>
  ) : null;
  if (newest.kind === 'outside') {
    if (!isNews) return null;
    return (
      <Note meaning="attention">
        {queue}
        <span className="wrap-anywhere">
          <OutsideWords item={newest} />
        </span>{' '}
        {link}
      </Note>
    );
  }
  const words = noteWords(newest);
  if (words === null || (newest.outcome !== null && !isNews)) return null;
  return (
    <Note meaning={newest.outcome === null ? 'unknown' : 'attention'}>
      {queue}
      <span className="wrap-anywhere">
        {words} “{itemWords(newest)}”.
      </span>{' '}
      {link}
    </Note>
  );
}

function noteWords({ outcome }: Change): string | null {
  switch (outcome) {
    case null:
      return 'A change is still settling; the sets below may be about to change:';
    case 'unconfirmed':
      return 'Whether the last change was written is not known. Look at the sets before you change anything:';
    case 'superseded':
      return 'Somebody else changed the sets while the last change was made. They are not as planned:';
    case 'verified':
    case 'already-so':
    case 'refused':
    case 'conflict':
    case 'not-applied':
      return null;
  }
}
