import type { WhatIf } from '#lib/api/changes/schemas.ts';
import type { ChangePreview } from '#lib/domain/change-plan/preview-change.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';
import { setsItem } from '#server/usecases/changes/sets-item.ts';
import { digestOf } from '#server/usecases/task-queues/digest.ts';

/** A preview as plans and what-ifs carry it. */
export function previewItem(
  operation: VersionSetOperation,
  before: VersionSets,
  { after, notes, isAlreadySo, limits, undo, mustConfirm }: ChangePreview,
): WhatIf['steps'][number] {
  return {
    operation,
    digest: digestOf(before),
    before: setsItem(before),
    after: setsItem(after),
    notes: [...notes],
    isAlreadySo,
    limits: [...limits],
    undo: undo.kind === 'none' ? undo : { ...undo, operations: [...undo.operations] },
    mustConfirm,
  };
}
