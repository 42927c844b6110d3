import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunFacts } from '#lib/domain/census/types.ts';
import { INTERNAL_PATCH_IDS } from '#lib/domain/patches/internal-patch.ts';

/** `MAX_SEARCH_ATTR_PAYLOAD_SIZE` of Core (`upsert_search_attributes_state_machine.rs`), the server's default limit too. */
const LABEL_LIMIT_BYTES = 2_048;

/**
 * Core writes no label once the JSON list of a run's ids has 2,048 bytes. It computes the list anew at each replay, from the calls
 * made so far: without one call the list of a later patch may fit again, a label that history lacks is wanted, and the replay
 * fails (TMPRL1100). True: dropping the call of `patchId` may do that to this run.
 * @param knownPatchIds every core id known for the type: a call that left no marker is in the list too
 */
export function mayOverflowLabel(facts: RunFacts, patchId: string, knownPatchIds: readonly string[]): boolean {
  const core = facts.markers.filter((marker) => marker.kind === 'core');
  const own = core.find((marker) => marker.id === patchId);
  const hasLaterPatch = core.some(
    (marker) => marker.id !== patchId && (own === undefined || marker.eventId > own.eventId),
  );
  if (!hasLaterPatch) return false;
  return isFull([patchId, ...knownPatchIds, ...core.map((marker) => marker.id)], [facts.sdkName]);
}

/**
 * True: a worker with the call may bring a run so far, one that it begins or that is open. Which patch comes after which nobody
 * knows beforehand.
 */
export function mayOverflowSoon(
  runs: readonly CensusRun[],
  patchId: string,
  knownPatchIds: readonly string[],
): boolean {
  const others = knownPatchIds.filter((id) => id !== patchId);
  return others.length > 0 && isFull([patchId, ...others], new Set(runs.map(({ facts }) => facts?.sdkName ?? null)));
}

function isFull(ids: readonly string[], sdkNames: Iterable<string | null>): boolean {
  // TypeScript's own patches are hidden everywhere else, yet they stand in the list.
  const hasHidden = [...sdkNames].some((name) => name === null || name === 'temporal-typescript');
  return (
    byteLength(JSON.stringify([...new Set([...ids, ...(hasHidden ? INTERNAL_PATCH_IDS : [])])])) >= LABEL_LIMIT_BYTES
  );
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
