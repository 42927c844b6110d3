import { Badge } from '#components/ui/badge.tsx';
import type { ChangeItem } from '#lib/api/changes/schemas.ts';
import { STATE_MARKS, stateOf, takenUpMark } from '#lib/format/history-words.ts';

/** How an item ended: `stored` and `taken up` are two facts, so they are two marks. */
export function StateMarks({ item }: { item: ChangeItem }) {
  const state = STATE_MARKS[stateOf(item)];
  const takenUp = takenUpMark(item);
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Badge meaning={state.meaning}>{state.word}</Badge>
      {takenUp === null ? null : <Badge meaning={takenUp.meaning}>{takenUp.word}</Badge>}
    </span>
  );
}
