import type { ChangeItem, Change } from '#lib/api/changes/schemas.ts';
import { undoOf } from '#lib/domain/change-plan/undo.ts';

/**
 * Whether taking it back is worth a plan: it is stored, and operations exist that restore where work went. What has been changed since, the
 * server knows when it plans.
 */
export function isUndoable(item: ChangeItem): item is Change {
  if (item.kind === 'outside' || item.outcome !== 'verified') return false;
  return undoOf({ sets: item.before }, item.operation).kind === 'operations';
}
