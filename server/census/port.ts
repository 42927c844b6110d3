import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';

/** One background reader per namespace, shared by all viewers: load on Temporal does not grow with them. */
export interface Census {
  /** The newest picture, at once; the first call for a namespace starts its reader. */
  readonly snapshot: (namespace: string) => CensusSnapshot;
  /**
   * Resolves with the first picture whose listing began after the call and whose histories were read, or tried, since that
   * listing began (tests, the command). Rejects with the reader's `CodedError` when Temporal cannot be asked, `aborted` by `signal`.
   */
  readonly nextPass: (namespace: string, signal?: AbortSignal) => Promise<CensusSnapshot>;
  /**
   * Waits for one place in the namespace's visibility budget, which readers and use cases share: take one before each count,
   * list or reachability call. Rejects with `aborted`.
   */
  readonly takeVisibility: (namespace: string, signal?: AbortSignal) => Promise<void>;
  /** Ends all readers and their calls. */
  readonly stop: () => Promise<void>;
}
