import type { RunFacts } from '#lib/domain/census/types.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import type { RecordStore } from '#server/store/record/port.ts';

export interface Remembered {
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
}

/** A declared fact with its reason, and who took it back. */
export interface StoredFact extends DeclaredFact {
  readonly note: string;
  readonly withdrawn: { readonly by: string; readonly atMs: number } | null;
}

/** A run's history as it was last read. A closed run's facts never change. */
export interface RememberedRun {
  readonly runId: string;
  readonly facts: RunFacts;
  readonly readMs: number;
}

/** An answer as it was given. `body` is JSON of `verdictSchema` (lib/api/verdict/schemas.ts). */
export interface StoredAnswer {
  readonly key: string;
  readonly askedBy: string;
  /** When its evidence was complete. */
  readonly atMs: number;
  readonly body: string;
}

/** Open runs of one patch and workflow type in one hour. */
export interface PatchSample extends PatchRef {
  readonly workflowType: string;
  /** Start of the hour, epoch ms. */
  readonly hourMs: number;
  readonly openRuns: number;
  readonly live: number;
  readonly deprecated: number;
  readonly withoutMarker: number;
  /** version → open runs. */
  readonly versions: Readonly<Record<string, number>>;
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

  readonly declareFact: (namespace: string, fact: DeclaredFact & { readonly note: string }) => Promise<void>;
  /** All, withdrawn ones too, oldest first. */
  readonly listFacts: (namespace: string) => Promise<readonly StoredFact[]>;
  /** False: no such fact stands. */
  readonly withdrawFact: (namespace: string, id: string, by: string, atMs: number) => Promise<boolean>;

  /** Keeps the newest reading of each run; drops runs not read for 30 days. */
  readonly rememberRuns: (namespace: string, runs: readonly RememberedRun[]) => Promise<void>;
  readonly recallRuns: (namespace: string, runIds: readonly string[]) => Promise<ReadonlyMap<string, RememberedRun>>;

  /** Keeps the newest answer of each key; drops answers older than 90 days. */
  readonly saveAnswer: (namespace: string, answer: StoredAnswer) => Promise<void>;
  readonly findAnswer: (namespace: string, key: string) => Promise<StoredAnswer | null>;
  /** Answers not older than that, newest first. */
  readonly listAnswers: (namespace: string, sinceMs: number) => Promise<readonly StoredAnswer[]>;

  /** Replaces the sample of the same patch, type and hour; drops samples older than 90 days. */
  readonly addSamples: (namespace: string, samples: readonly PatchSample[], atMs: number) => Promise<void>;
  /** Oldest first. */
  readonly listSamples: (namespace: string, patch: PatchRef, sinceMs: number) => Promise<readonly PatchSample[]>;

  /** Changes of version sets, and what became of them. */
  readonly record: RecordStore;

  readonly close: () => Promise<void>;
}
