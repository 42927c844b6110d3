import type { Change } from '#lib/api/changes/schemas.ts';

/** Nothing about the change will be learned any more. */
export function isSettled(change: Change): boolean {
  if (change.outcome === null) return false;
  return change.stored.is !== true || change.takenUp.is !== null || change.takenUp.buildId === null;
}
