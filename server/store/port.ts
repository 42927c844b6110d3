import type { PatchRef } from '#lib/domain/patches/types.ts';

export interface Remembered {
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
}

/**
 * What outlives a restart. Temporal lists neither queues nor patches, so what was ever seen is remembered here.
 * Every function throws `CodedError` with code `store-unavailable` and nothing else.
 */
export interface Store {
  readonly rememberTaskQueues: (namespace: string, names: Iterable<string>, atMs: number) => Promise<void>;
  readonly listTaskQueues: (namespace: string) => Promise<readonly (Remembered & { readonly name: string })[]>;
  readonly rememberPatches: (
    namespace: string,
    patches: Iterable<PatchRef & { readonly workflowType: string }>,
    atMs: number,
  ) => Promise<void>;
  readonly listPatches: (
    namespace: string,
  ) => Promise<readonly (Remembered & PatchRef & { readonly workflowTypes: readonly string[] })[]>;
  readonly close: () => Promise<void>;
}
