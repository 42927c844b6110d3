import type { PatchKind } from '#lib/domain/patches/types.ts';

/** Open runs of one patch by what their histories hold; the part of the counts that a stage needs. */
export interface StageCounts {
  readonly live: number;
  readonly deprecated: number;
  readonly versions: readonly { readonly openRuns: number }[];
  readonly notRead: number;
}

/**
 * Where a patch stands, for display. First form: the `ready-…` stages and `gone` of the verdict need answers that can be `safe`, so
 * a patch that no read run carries is only `not-carried`.
 */
export type PatchStage = 'introduced' | 'deprecating' | 'not-carried' | 'unknown';

export function stageOf(kind: PatchKind, counts: StageCounts): PatchStage {
  if (counts.deprecated > 0) return 'deprecating';
  const carried = kind === 'core' ? counts.live : counts.versions.reduce((sum, entry) => sum + entry.openRuns, 0);
  if (carried > 0) return 'introduced';
  return counts.notRead > 0 ? 'unknown' : 'not-carried';
}
