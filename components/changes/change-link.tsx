'use client';

import Link from 'next/link';
import type { HistoryRow } from '#components/changes/history-columns.tsx';
import { LINK_CLASS, routeOf } from '#components/ui/page-link.tsx';
import { itemWords } from '#lib/format/history-words.ts';

/** Opens an item over the list at once; the address can be copied and opened elsewhere all the same. */
export function ChangeLink({ item, href, onOpen }: Omit<HistoryRow, 'onUndo'>) {
  return (
    <Link
      href={routeOf(href)}
      prefetch={false}
      className={LINK_CLASS}
      onNavigate={(event) => {
        event.preventDefault();
        onOpen();
      }}
    >
      {itemWords(item)}
    </Link>
  );
}
