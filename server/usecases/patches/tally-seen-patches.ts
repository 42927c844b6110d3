import type { PatchCounts } from '#lib/api/patches/schemas.ts';
import { patchIndexOf } from '#lib/domain/census/patch-index.ts';
import { patchKey } from '#lib/domain/census/patch-labels.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import { type PatchCountsTally, type PatchTally, tallyPatches } from '#lib/domain/census/tally-patches.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { Remembered } from '#server/store/port.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

type RememberedPatch = Remembered & PatchRef & { readonly workflowTypes: readonly string[] };

/** A patch with its counts, and what the store remembers of it; undefined: it was only seen just now. */
export interface SeenPatch {
  readonly tally: PatchTally;
  readonly remembered: RememberedPatch | undefined;
}

/** Every patch of the picture and of memory, by `patchKey`. */
export async function tallySeenPatches(ctx: Ctx, snapshot: CensusSnapshot): Promise<ReadonlyMap<string, SeenPatch>> {
  const stored = await ctx.store.listPatches(snapshot.namespace);
  const remembered = new Map(stored.map((patch) => [patchKey(patch), patch]));
  return new Map(
    tallyPatches(patchIndexOf(snapshot), stored).map((tally) => {
      const key = patchKey(tally);
      return [key, { tally, remembered: remembered.get(key) }];
    }),
  );
}

/** Whether an open run of the picture carries the patch, by its marker or, not read yet, by a label. */
export function isInPicture({ tally, remembered }: SeenPatch): boolean {
  const { live, deprecated, versions } = tally.totals;
  return remembered === undefined || live + deprecated + versions.length > 0;
}

export function countsItem({ oldestOpenStartMs, versions, ...counts }: PatchCountsTally): PatchCounts {
  return {
    ...counts,
    versions: [...versions],
    oldestOpenStart: oldestOpenStartMs === null ? null : timestampOf(oldestOpenStartMs),
  };
}

export const NO_COUNTS: PatchCounts = {
  openRuns: 0,
  live: 0,
  deprecated: 0,
  versions: [],
  withoutMarker: 0,
  unreadable: 0,
  notRead: 0,
  oldestOpenStart: null,
};
