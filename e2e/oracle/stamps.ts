import type { WorkerStamp } from '#lib/domain/history/events.ts';

/** How workers of a world name their code. */
export interface StampScheme {
  /** TypeScript's default: a hash of the workflow bundle. */
  readonly isHashed: boolean;
  readonly hasNone: boolean;
  /** Codes from here up to there carry the ID of the code before them. */
  readonly reusedFrom: number;
  readonly reusedTo: number;
  /** The same IDs name other codes on the second queue. */
  readonly isOtherOnSecondQueue: boolean;
}

export function stampFor(scheme: StampScheme, code: number, queue: number): WorkerStamp {
  return { buildId: buildIdFor(scheme, code, queue), useVersioning: false, deploymentVersion: null };
}

function buildIdFor(scheme: StampScheme, code: number, queue: number): string | null {
  if (scheme.isHashed) return `@temporalio/worker@1.24.0+${(0xa0 + code).toString(16).repeat(32)}`;
  if (scheme.hasNone) return null;
  const isReused = code >= scheme.reusedFrom && code <= Math.max(scheme.reusedFrom, scheme.reusedTo);
  const named = isReused ? scheme.reusedFrom - 1 : code;
  return `build-${scheme.isOtherOnSecondQueue && queue === 1 ? named + 1 : named}`;
}
