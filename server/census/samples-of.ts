import { patchIndexOf } from '#lib/domain/census/patch-index.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import { type PatchCountsTally, type RememberedPatch, tallyPatches } from '#lib/domain/census/tally-patches.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { PatchSample } from '#server/store/port.ts';

/**
 * The hour's counts of every remembered patch and type, zero ones too: that nothing carries a patch any more is the news. None from a
 * list with gaps, nor of a type with histories that are not read: a number that is too low would look like progress.
 */
export function samplesOf(
  snapshot: CensusSnapshot,
  remembered: readonly RememberedPatch[],
  hourMs: number,
): readonly PatchSample[] {
  if (!snapshot.isListComplete) return [];
  const known = new Set(remembered.flatMap((patch) => patch.workflowTypes.map((type) => keyOf(patch, type))));
  return tallyPatches(patchIndexOf(snapshot), remembered).flatMap(({ kind, id, byType }) =>
    byType
      // Labels alone prove no patch.
      .filter(({ workflowType, counts }) => counts.notRead === 0 && known.has(keyOf({ kind, id }, workflowType)))
      .map(({ workflowType, counts }) => ({ kind, id, workflowType, hourMs, ...sampled(counts) })),
  );
}

function sampled({ openRuns, live, deprecated, withoutMarker, versions }: PatchCountsTally) {
  const byVersion = Object.fromEntries(versions.map((entry) => [String(entry.version), entry.openRuns]));
  return { openRuns, live, deprecated, withoutMarker, versions: byVersion };
}

function keyOf({ kind, id }: PatchRef, workflowType: string): string {
  return JSON.stringify([kind, id, workflowType]);
}
