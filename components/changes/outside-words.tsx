'use client';

import { useIsBrowser } from '#components/ui/clock.tsx';
import { PhraseText } from '#components/ui/phrase.tsx';
import type { OutsideChange } from '#lib/api/changes/schemas.ts';
import { setsDifference } from '#lib/format/sets-difference.ts';
import { formatSpan } from '#lib/format/time-span.ts';

type Outside = Pick<OutsideChange, 'from' | 'to' | 'before' | 'after'>;

/** “Changed outside Patchboard between … and …: what became of the sets.” */
export function OutsideWords({ item }: { item: Outside }) {
  return (
    <>
      Changed outside Patchboard between <Between item={item} />: <Difference item={item} />
    </>
  );
}

/** Nobody knows it more exactly than between two readings. */
function Between({ item: { from, to } }: { item: Pick<Outside, 'from' | 'to'> }) {
  return formatSpan(Date.parse(from), Date.parse(to), useIsBrowser() ? undefined : 'UTC');
}

export function Difference({ item }: { item: Pick<Outside, 'before' | 'after'> }) {
  return <PhraseText phrase={setsDifference({ sets: item.before }, { sets: item.after })} />;
}
