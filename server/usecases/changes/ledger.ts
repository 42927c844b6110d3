import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type ChangeDetail,
  type ChangeItem,
  type ChangeItemDetail,
  type ChangePlan,
  changePlanSchema,
} from '#lib/api/changes/schemas.ts';
import { canonicalSets } from '#lib/domain/version-sets/canonical.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import type { Claim, RecordEntry, RecordStore } from '#server/store/record/port.ts';
import {
  type ChangeEnd,
  changeOf,
  endEntry,
  intentEntry,
  itemDetailOf,
  itemOf,
  type TakeUp,
  takeUpEntry,
} from '#server/usecases/changes/entries.ts';
import { judgeReading, type SetsReading } from '#server/usecases/changes/judge-reading.ts';
import { seenSetsOf } from '#server/usecases/changes/seen-sets.ts';
import { CLAIM_TIMING, type ClaimTiming } from '#server/usecases/changes/timing.ts';
import { createWorkbench, type Workbench } from '#server/usecases/changes/workbench.ts';

export interface NewIntent {
  readonly id: string;
  readonly namespace: string;
  readonly plan: ChangePlan;
  readonly actor: string;
}

/** What became of an intent: it is the first with its key, or the key's change exists already. */
export type Begun = { readonly isNew: boolean; readonly change: ChangeDetail };

export interface ChangePage {
  readonly items: readonly ChangeItem[];
  /** Number of the last item's first entry; null: that was all. */
  readonly nextBefore: number | null;
}

/**
 * Plans, and changes by the record (docs/decisions/0007): `begin` comes before every write to Temporal, and an intent that cannot be kept
 * refuses the change. Every function may throw `CodedError` `store-unavailable`.
 */
export interface ChangeLedger {
  readonly savePlan: (namespace: string, plan: ChangePlan) => Promise<void>;
  readonly findPlan: (namespace: string, id: string) => Promise<ChangePlan | null>;
  /** Keeps an intent under its idempotency key, both at once: of two with one key, one is new. */
  readonly begin: (intent: NewIntent, idempotencyKey: string) => Promise<Begun>;
  readonly findByKey: (namespace: string, idempotencyKey: string) => Promise<ChangeDetail | null>;
  /** null: there is no such change; what happened outside is none. */
  readonly find: (namespace: string, id: string) => Promise<ChangeDetail | null>;
  /** A change, or what happened outside. */
  readonly findItem: (namespace: string, id: string) => Promise<ChangeItemDetail | null>;
  /** Newest first. */
  readonly list: (
    namespace: string,
    page: { readonly limit: number; readonly before?: number; readonly taskQueue?: string },
  ) => Promise<ChangePage>;

  /** Waits until the change holds its queue. `lost`: another process settles it. `aborted`: by the signal. */
  readonly takeQueue: (change: ChangeDetail, signal: AbortSignal) => Promise<'taken' | 'lost' | 'aborted'>;
  /** Asked right before the one write: false where another process may have taken the change over meanwhile. */
  readonly mayStillWrite: (change: ChangeDetail) => Promise<boolean>;
  /**
   * Records the outcome, once, and gives the change as it then stands. `seen`: what the queue holds now, where that is known. `isOpen`: it is
   * unconfirmed, and a watch of this process goes on for its last outcome.
   */
  readonly end: (
    change: ChangeDetail,
    end: ChangeEnd,
    seen: VersionSets | null,
    isOpen?: boolean,
  ) => Promise<ChangeDetail>;
  readonly recordTakeUp: (change: ChangeDetail, takeUp: TakeUp) => Promise<void>;
  /** Takes over the changes of processes that are gone. */
  readonly takeOver: () => Promise<readonly Claim[]>;
  /** Lets the claim on a change run out: whoever takes it over settles it. */
  readonly giveUp: (changeId: string) => void;
  /** Compares a reading with the newest state seen: what nobody here did is recorded as changed outside. */
  readonly noticeReading: (reading: SetsReading) => Promise<void>;
  /** Queues whose sets were seen, with their newest state. */
  readonly listSeen: (
    namespace: string,
  ) => Promise<readonly { readonly taskQueue: string; readonly sets: VersionSets; readonly seenMs: number }[]>;
  readonly workbench: Workbench;
  /** Ends what is under way and leaves unfinished changes to the next process. */
  readonly stop: () => Promise<void>;
}

/** The ledger of this process over the store's record. Claims are renewed while it lives. */
export function createLedger(
  record: RecordStore,
  { now, timing = CLAIM_TIMING }: { readonly now: () => number; readonly timing?: ClaimTiming },
): ChangeLedger {
  const owner = randomUUID();
  const workbench = createWorkbench();
  const times = () => ({ nowMs: now(), untilMs: now() + timing.claimMs });
  const working = new Set<string>();
  const heart = setInterval(() => {
    if (working.size === 0) return;
    // A renewal that fails lets the claims run out: then nothing is sent any more, and reading settles the changes.
    record.renewClaims(owner, [...working], times().untilMs).catch(() => undefined);
  }, timing.renewMs);
  heart.unref();

  const find = async (namespace: string, id: string) => changeOf(await record.entriesOf(namespace, id));
  const subjectOf = (change: ChangeDetail) => ({
    namespace: change.namespace,
    taskQueue: change.taskQueue,
    changeId: change.id,
    atMs: now(),
  });

  return {
    workbench,
    savePlan: (namespace, plan) =>
      record.savePlan(namespace, {
        id: plan.id,
        expiresMs: Date.parse(plan.expiresAt),
        body: JSON.stringify(changePlanSchema.parse(plan)),
      }),
    findPlan: async (namespace, id) => {
      const body = await record.findPlan(namespace, id);
      return body === null ? null : changePlanSchema.parse(JSON.parse(body));
    },
    begin: async ({ id, namespace, plan, actor }, idempotencyKey) => {
      const subject = { namespace, taskQueue: plan.taskQueue, changeId: id, atMs: now() };
      const begun = await record.begin(intentEntry(subject, { plan, actor }, idempotencyKey), {
        owner,
        untilMs: times().untilMs,
      });
      if (begun.isNew) working.add(id);
      const change = await find(namespace, begun.isNew ? id : begun.changeId);
      if (change === null) throw new Error('the record lost an intent that it had just taken');
      return { isNew: begun.isNew, change };
    },
    findByKey: async (namespace, key) => {
      const id = await record.findByKey(namespace, key);
      return id === null ? null : find(namespace, id);
    },
    find,
    findItem: async (namespace, id) => itemDetailOf(await record.entriesOf(namespace, id)),
    list: async (namespace, { limit, before, taskQueue }) => {
      const groups = await record.list(namespace, {
        limit: limit + 1,
        ...(before === undefined ? {} : { beforeNumber: before }),
        ...(taskQueue === undefined ? {} : { taskQueue }),
      });
      const page = groups.slice(0, limit);
      const items = page.map(itemOf).filter((item) => item !== null);
      return { items, nextBefore: groups.length > limit ? (page.at(-1)?.[0]?.number ?? null) : null };
    },

    takeQueue: async (change, signal) => {
      for (;;) {
        const taken = await record.takeQueue(change.id, owner, times());
        if (taken !== 'busy') return taken;
        await pause(timing.queuePollMs, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return 'aborted';
      }
    },
    mayStillWrite: async (change) => {
      const askedMs = now();
      const mayWrite = await record.mayStillWrite(change.id, owner, times());
      // A process that slept over the answer no longer knows whether it holds.
      return mayWrite && now() - askedMs < timing.claimMs;
    },
    end: async (change, end, seen, isOpen = false) => {
      const isTakeUpOpen = change.takenUp.buildId !== null && change.takenUp.is === null;
      const isWatched = isOpen || (isStored(end) && isTakeUpOpen);
      const entries = await record.append(
        {
          entry: endEntry(subjectOf(change), end),
          release: isWatched ? 'queue' : 'claim',
          ...(seen && { seen: { sets: canonicalSets(seen), seenMs: now() } }),
        },
        mayEnd,
      );
      if (!isWatched) working.delete(change.id);
      return changeOf(entries) ?? change;
    },
    recordTakeUp: async (change, takeUp) => {
      const entry = takeUpEntry(subjectOf(change), takeUp);
      await record.append({ entry, release: 'claim' }, (entries) => !entries.some(({ kind }) => kind === 'taken-up'));
      working.delete(change.id);
    },
    takeOver: async () => {
      const claims = await record.takeOver(owner, times());
      for (const { changeId } of claims) working.add(changeId);
      return claims;
    },
    giveUp: (changeId) => void working.delete(changeId),
    noticeReading: (reading) => record.observe(reading, (...known) => judgeReading(reading, known, now)),
    listSeen: async (namespace) =>
      (await record.listSeen(namespace)).map(({ taskQueue, sets, seenMs }) => ({
        taskQueue,
        seenMs,
        sets: seenSetsOf(sets),
      })),
    stop: async () => {
      clearInterval(heart);
      await workbench.stop();
      // What is left over may be taken over at once: nobody here works at it any more.
      await record.renewClaims(owner, [...working], now());
    },
  };
}

function isStored({ outcome }: ChangeEnd): boolean {
  return outcome === 'verified' || outcome === 'already-so';
}

/** One outcome for a change; only what was unconfirmed may be known better later. */
function mayEnd(entries: readonly RecordEntry[]): boolean {
  const outcome = changeOf(entries)?.outcome;
  return outcome === null || outcome === 'unconfirmed';
}
