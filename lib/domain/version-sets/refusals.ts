import { exceededLimits, type VersionSetLimits } from '#lib/domain/version-sets/limits.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** The gRPC status of a refusal, in the words of Patchboard's codes. */
export type RefusalCode = 'not-found' | 'invalid-argument' | 'failed-precondition';

export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  /** As Temporal words it, where the refusal depends on the sets. */
  readonly reason: string;
}

export function refuse(code: RefusalCode, reason: string): Refusal {
  return { kind: 'refused', code, reason };
}

/**
 * What the frontend refuses before it looks at the sets (`validateBuildIdCompatibilityUpdate`). It checks neither of the
 * build IDs of a merge, and not the length of the compatible one: those end as not found.
 */
export function frontendRefusal(operation: VersionSetOperation, limits: VersionSetLimits): Refusal | null {
  switch (operation.kind) {
    case 'add-new-default':
    case 'promote-set':
    case 'promote-within-set':
      return idRefusal(operation.buildId, limits);
    case 'add-new-compatible':
      return (
        idRefusal(operation.newBuildId, limits) ??
        (operation.existingBuildId === '' ? refuse('invalid-argument', 'a build ID is needed') : null)
      );
    case 'merge-sets':
      return null;
  }
}

function idRefusal(buildId: string, limits: VersionSetLimits): Refusal | null {
  if (buildId === '') return refuse('invalid-argument', 'a build ID is needed');
  const isTooLong = limits.buildIdBytes > 0 && new TextEncoder().encode(buildId).length > limits.buildIdBytes;
  return isTooLong ? refuse('invalid-argument', `a build ID has at most ${limits.buildIdBytes} bytes`) : null;
}

/** Matching checks the limits on every success, a no-op too: a queue over a lowered limit takes nothing at all. */
export function limitRefusal({ sets }: VersionSets, limits: VersionSetLimits): Refusal | null {
  const first = exceededLimits(sets, limits)[0];
  if (!first) return null;
  const what = first.limit === 'sets' ? 'compatible version sets' : 'build IDs';
  return refuse(
    'failed-precondition',
    `update would exceed number of ${what} permitted in namespace dynamic config (${first.holds}/${first.allows})`,
  );
}
