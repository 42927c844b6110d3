import type { Kysely } from 'kysely';
import { mayStillWrite, release, renewClaims, takeOver, takeQueue } from '#server/store/record/claims.ts';
import { appendEntry, entriesOf, findByKey, listGroups, readHead } from '#server/store/record/entries.ts';
import { findPlan, savePlan } from '#server/store/record/plans.ts';
import type { RecordEntry, RecordStore } from '#server/store/record/port.ts';
import { keepSeen, listSeen, observe } from '#server/store/record/seen-sets.ts';
import type { Guarded } from '#server/store/store-error.ts';
import type { Tables } from '#server/store/tables.ts';
import { inWriteTransaction } from '#server/store/write-transaction.ts';

/** The record of a store whose schema is up to date. */
export function createRecordStore(db: Kysely<Tables>, guarded: Guarded): RecordStore {
  const locked = <T>(work: (db: Kysely<Tables>) => Promise<T>) => guarded(() => inWriteTransaction(db, work));
  return {
    begin: (intent, claim) => locked((lock) => begin(lock, intent, claim)),
    append: (appended, mayFollow) => locked((lock) => append(lock, appended, mayFollow)),
    entriesOf: (namespace, changeId) => guarded(() => entriesOf(db, namespace, changeId)),
    findByKey: (namespace, key) => guarded(() => findByKey(db, namespace, key)),
    list: (namespace, page) => guarded(() => listGroups(db, namespace, page)),
    head: () => guarded(() => readHead(db)),
    renewClaims: (owner, ids, untilMs) => locked((lock) => renewClaims(lock, owner, ids, untilMs)),
    takeQueue: (changeId, owner, times) => locked((lock) => takeQueue(lock, changeId, owner, times)),
    mayStillWrite: (changeId, owner, times) => locked((lock) => mayStillWrite(lock, changeId, owner, times)),
    takeOver: (owner, times) => locked((lock) => takeOver(lock, owner, times)),
    observe: (queue, judge) => locked((lock) => observe(lock, queue, judge)),
    listSeen: (namespace) => guarded(() => listSeen(db, namespace)),
    savePlan: (namespace, plan) => locked((lock) => savePlan(lock, namespace, plan)),
    findPlan: (namespace, id) => guarded(() => findPlan(db, namespace, id)),
  };
}

async function begin(
  db: Kysely<Tables>,
  ...[intent, { owner, untilMs }]: Parameters<RecordStore['begin']>
): ReturnType<RecordStore['begin']> {
  const changeId = await findByKey(db, intent.namespace, intent.idempotencyKey);
  if (changeId !== null) return { isNew: false, changeId };
  const entry = await appendEntry(db, intent);
  await db
    .insertInto('change_claim')
    .values({
      change_id: entry.changeId,
      namespace: entry.namespace,
      task_queue: entry.taskQueue,
      owner,
      until_ms: untilMs,
      holds_queue: 0,
      orphaned_ms: null,
      may_be_sent: 0,
    })
    .execute();
  return { isNew: true };
}

async function append(
  db: Kysely<Tables>,
  ...[{ entry, release: what, seen }, mayFollow]: Parameters<RecordStore['append']>
): Promise<readonly RecordEntry[]> {
  const entries = await entriesOf(db, entry.namespace, entry.changeId);
  if (!mayFollow(entries)) return entries;
  const appended = await appendEntry(db, entry);
  if (what !== undefined) await release(db, entry.changeId, what);
  if (seen !== undefined) await keepSeen(db, entry, seen);
  return [...entries, appended];
}
