import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import type { Remembered } from '#server/store/port.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

/** First and last sight of a name: what the store remembers, and now when the picture holds it. */
export function seenInterval(
  remembered: Remembered | undefined,
  isInPicture: boolean,
  snapshot: CensusSnapshot,
  nowMs: number,
): { readonly firstSeen: string; readonly lastSeen: string } {
  const pictureMs = snapshot.toMs ?? nowMs;
  const firstMs = remembered?.firstSeenMs ?? pictureMs;
  const lastMs = remembered?.lastSeenMs ?? pictureMs;
  return {
    firstSeen: timestampOf(firstMs),
    lastSeen: timestampOf(isInPicture ? Math.max(lastMs, pictureMs) : lastMs),
  };
}
