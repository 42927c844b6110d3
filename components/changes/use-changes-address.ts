'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { HISTORY_STATES } from '#lib/format/history-words.ts';

/** What the page of changes shows, kept in its address: one queue, one outcome, the item that is open. */
export function useChangesAddress() {
  const [view, setView] = useQueryStates({
    queue: parseAsString,
    outcome: parseAsStringLiteral(HISTORY_STATES),
    id: parseAsString,
  });
  return {
    ...view,
    setQueue: (queue: string | null) => void setView({ queue }),
    setOutcome: (outcome: string | null) =>
      void setView({ outcome: HISTORY_STATES.find((state) => state === outcome) ?? null }),
    /** In the browser's history, so that its way back closes what was opened. */
    setId: (id: string | null) => void setView({ id }, { history: 'push' }),
  };
}
