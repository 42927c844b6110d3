'use client';

import { useNow } from '#components/ui/clock.tsx';
import { Stale } from '#components/ui/stale.tsx';
import type { Picture } from '#lib/api/shared/schemas.ts';
import { formatNumber } from '#lib/format/count.ts';
import { pictureState, readShare } from '#lib/format/picture-words.ts';

/** Says what the shown counts lack, and why; nothing when the picture is whole and new. */
export function PictureNote({ picture }: { picture: Picture }) {
  const { isWhole } = pictureState(picture, useNow());
  if (isWhole) return null;
  if (picture.trouble !== null) return <Stale word="Stale" why={picture.trouble} />;
  if (picture.to === null) {
    return (
      <Stale
        word="Partial"
        why={`The first reading is under way: ${formatNumber(picture.runsListed)} open runs so far.`}
      />
    );
  }
  if (picture.historiesRead < picture.runsListed) {
    const why = `${readShare(picture)} of the histories of ${formatNumber(picture.runsListed)} open runs are read; counts grow as they are.`;
    return <Stale word="Partial" why={why} />;
  }
  return (
    <Stale
      word={picture.isListComplete ? 'Stale' : 'Partial'}
      why="The newest reading did not end; it is repeated by itself."
    />
  );
}
