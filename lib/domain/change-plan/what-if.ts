import { openRunsAfter } from '#lib/domain/change-plan/open-runs-after.ts';
import { type ChangePreview, previewChange } from '#lib/domain/change-plan/preview-change.ts';
import type { QueueState } from '#lib/domain/change-plan/types.ts';
import type { Refusal } from '#lib/domain/version-sets/refusals.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

export interface WhatIfStep {
  readonly operation: VersionSetOperation;
  readonly before: VersionSets;
  readonly preview: ChangePreview;
}

export interface WhatIfResult {
  readonly steps: readonly WhatIfStep[];
  /** The operation that Temporal would refuse; what comes after it is not looked at. */
  readonly refused: { readonly operation: VersionSetOperation; readonly refusal: Refusal } | null;
}

/** Several operations in a row, each previewed on what those before it would leave. Workers are taken to poll on as they do now. */
export function whatIf(state: QueueState, operations: readonly VersionSetOperation[]): WhatIfResult {
  const steps: WhatIfStep[] = [];
  let now = state;
  for (const operation of operations) {
    const preview = previewChange(now, operation);
    if (preview.kind === 'refused') return { steps, refused: { operation, refusal: preview } };
    steps.push({ operation, before: now.sets, preview });
    now = stateAfter(now, operation, preview);
  }
  return { steps, refused: null };
}

function stateAfter(
  state: QueueState,
  { kind }: VersionSetOperation,
  { after, isAlreadySo }: ChangePreview,
): QueueState {
  if (isAlreadySo) return state;
  // Rules that are gone cannot be lost a second time.
  const rules = kind === 'merge-sets' ? 0 : state.rules;
  return { ...state, sets: after, openRuns: openRunsAfter(state, after), rules };
}
