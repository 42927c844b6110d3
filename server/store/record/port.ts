import type { ChainHead } from '#server/store/record/check-chain.ts';

/** What a row of the record says. `outside`: the sets changed and no change of Patchboard explains it. */
export type RecordKind = 'intent' | 'outcome' | 'taken-up' | 'outside';

/** A row as it is to be appended; number, previous hash and hash are the record's own. */
export interface NewRecordEntry {
  readonly kind: RecordKind;
  /** The change that it belongs to; `outside` entries have ids of their own. */
  readonly changeId: string;
  readonly namespace: string;
  readonly taskQueue: string;
  /** Whole epoch milliseconds. */
  readonly atMs: number;
  /** Of an intent: the caller's Idempotency-Key, unique in its namespace. Else null. */
  readonly idempotencyKey: string | null;
  /** JSON; its shape is the writer's (`server/usecases/changes/entries.ts`). */
  readonly body: string;
}

export interface RecordEntry extends NewRecordEntry {
  /** 1, 2, 3 … over all namespaces. */
  readonly number: number;
}

/** Which process works at a change. Working state, not part of the chain. */
export interface Claim {
  readonly changeId: string;
  readonly namespace: string;
  readonly taskQueue: string;
  /** An id of the process. */
  readonly owner: string;
  readonly untilMs: number;
  /**
   * Of a change taken over: until when its first owner may have been at work, and so may have sent the write: later owners only read.
   * null: never taken over.
   */
  readonly orphanedMs: number | null;
  /** False: its first owner never came to the last check before the write, so surely nothing was sent. */
  readonly mayBeSent: boolean;
}

/** The newest state of a queue's sets that somebody read. */
export interface SeenSets {
  /** JSON of the sets, as the writer gave it. */
  readonly sets: string;
  /** When a reading last showed it; the reading began then at the latest. */
  readonly seenMs: number;
}

export interface Appended {
  readonly entry: NewRecordEntry;
  /** Also end the claim, or give the queue to the next change and keep the claim (a watch goes on). Default: leave it. */
  readonly release?: 'claim' | 'queue';
  /** Also keep this as the queue's newest state. */
  readonly seen?: SeenSets;
}

/**
 * The record of changes: append-only, hash-chained, each append committed durably before its promise resolves. Functions that check and write
 * do both in one transaction that excludes other processes. Throw `CodedError` `store-unavailable` and nothing else.
 */
export interface RecordStore {
  /** Appends an intent and claims it. Of two with one key, one is new; the other gets the first one's change. */
  readonly begin: (
    intent: NewRecordEntry & { readonly idempotencyKey: string },
    claim: { readonly owner: string; readonly untilMs: number },
  ) => Promise<{ readonly isNew: true } | { readonly isNew: false; readonly changeId: string }>;
  /**
   * Appends when `mayFollow` says so of the change's entries so far (oldest first). Returns those entries with the new one, or as they
   * are when it may not; then nothing else is done either.
   */
  readonly append: (
    appended: Appended,
    mayFollow: (entries: readonly RecordEntry[]) => boolean,
  ) => Promise<readonly RecordEntry[]>;
  /** Oldest first; empty: no such change in the namespace. */
  readonly entriesOf: (namespace: string, changeId: string) => Promise<readonly RecordEntry[]>;
  readonly findByKey: (namespace: string, idempotencyKey: string) => Promise<string | null>;
  /**
   * Newest first by their first entry: entries of at most `limit` changes and outside changes, each group oldest first. Before the
   * first entry's number `beforeNumber` where given; of one queue where given.
   */
  readonly list: (
    namespace: string,
    page: { readonly limit: number; readonly beforeNumber?: number; readonly taskQueue?: string },
  ) => Promise<readonly (readonly RecordEntry[])[]>;

  /** The newest entry, of number 0 where there is none; whether the chain before it is whole, `verifyRecord` tells. */
  readonly head: () => Promise<ChainHead>;

  /** Sets the end of the owner's claims on these changes. */
  readonly renewClaims: (owner: string, changeIds: readonly string[], untilMs: number) => Promise<void>;
  /** `busy`: another change of the queue holds it. `lost`: the claim is not this owner's any more. */
  readonly takeQueue: (
    changeId: string,
    owner: string,
    times: { readonly nowMs: number; readonly untilMs: number },
  ) => Promise<'taken' | 'busy' | 'lost'>;
  /**
   * Lengthens the claim and says whether it is still this owner's, had not run out, was never taken over (not by this owner either), and
   * holds the queue: only then may a write be sent, and from then on the claim says that it may have been.
   */
  readonly mayStillWrite: (
    changeId: string,
    owner: string,
    times: { readonly nowMs: number; readonly untilMs: number },
  ) => Promise<boolean>;
  /** Takes over claims that have run out, each for one process only. */
  readonly takeOver: (
    owner: string,
    times: { readonly nowMs: number; readonly untilMs: number },
  ) => Promise<readonly Claim[]>;

  /**
   * Compares a reading with the newest state seen. `judge` gets that state (null: never seen), unless a change of ours holds the queue or the
   * reading did not begin (`readFromMs`) after that state was seen; then nothing happens. What it gives is kept. `newest` reads the queue's
   * newest change or outside change: most readings show nothing new and need none.
   */
  readonly observe: (
    queue: { readonly namespace: string; readonly taskQueue: string; readonly readFromMs: number },
    judge: (seen: SeenSets | null, newest: () => Promise<NewestChange>) => Promise<Observed>,
  ) => Promise<void>;
  /** Queues of the namespace with their newest state. */
  readonly listSeen: (namespace: string) => Promise<readonly (SeenSets & { readonly taskQueue: string })[]>;

  /** Keeps a plan until one is saved that expires over an hour later, or 500 newer ones are there. `body` is JSON of `changePlanSchema`. */
  readonly savePlan: (
    namespace: string,
    plan: { readonly id: string; readonly expiresMs: number; readonly body: string },
  ) => Promise<void>;
  readonly findPlan: (namespace: string, id: string) => Promise<string | null>;
}

/** A queue's newest change or outside change. */
export interface NewestChange {
  /** Oldest first; empty: there is none. */
  readonly entries: readonly RecordEntry[];
  /** Some process works at it, or watches it. */
  readonly isClaimed: boolean;
}

/** What an observation leads to: the state to keep (null: as it is), and an entry to append (null: none). */
export interface Observed {
  readonly seen: SeenSets | null;
  readonly entry: NewRecordEntry | null;
}
