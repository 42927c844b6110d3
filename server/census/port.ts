import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';

/** One background reader per namespace, shared by all viewers: load on Temporal does not grow with them. */
export interface Census {
  /** The newest picture, at once; the first call for a namespace starts its reader. */
  readonly snapshot: (namespace: string) => CensusSnapshot;
  /** Resolves with the first picture whose listing began after the call (tests, the command). */
  readonly nextPass: (namespace: string, signal?: AbortSignal) => Promise<CensusSnapshot>;
  /** Ends all readers and their calls. */
  readonly stop: () => Promise<void>;
}
