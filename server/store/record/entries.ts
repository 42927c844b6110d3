import type { Kysely } from 'kysely';
import type { ChainHead } from '#server/store/record/check-chain.ts';
import { entryHash } from '#server/store/record/hash-entry.ts';
import type { NewRecordEntry, RecordEntry, RecordKind, RecordStore } from '#server/store/record/port.ts';
import { unavailable } from '#server/store/store-error.ts';
import type { RecordTable, Tables } from '#server/store/tables.ts';

/** Kinds that begin a group of entries: every change has one intent, every outside change is one entry. */
const FIRST_KINDS: readonly RecordKind[] = ['intent', 'outside'];

/** Puts the entry at the end of the chain. Only inside a write transaction: the chain has one end. */
export async function appendEntry(db: Kysely<Tables>, entry: NewRecordEntry): Promise<RecordEntry> {
  const head = await readHead(db);
  const row = rowOf(entry, head.number + 1, head.hash);
  await db.insertInto('record').values(row).execute();
  await db.updateTable('record_head').set({ number: row.number, hash: row.hash }).where('id', '=', 1).execute();
  return entryOf(row);
}

export async function readHead(db: Kysely<Tables>): Promise<ChainHead> {
  const head = await db.selectFrom('record_head').select(['number', 'hash']).where('id', '=', 1).executeTakeFirst();
  if (head !== undefined) return head;
  throw unavailable(
    'The record of changes is damaged: nothing says where it ends.',
    'See what `patchboard record verify` says, and restore the store from a copy.',
  );
}

/** Oldest first. */
export async function entriesOf(
  db: Kysely<Tables>,
  namespace: string,
  changeId: string,
): Promise<readonly RecordEntry[]> {
  const rows = await db
    .selectFrom('record')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('change_id', '=', changeId)
    .orderBy('number')
    .execute();
  return rows.map(entryOf);
}

export async function findByKey(db: Kysely<Tables>, namespace: string, key: string): Promise<string | null> {
  const row = await db
    .selectFrom('record')
    .select('change_id')
    .where('namespace', '=', namespace)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
  return row?.change_id ?? null;
}

/** Groups of entries, newest first by their first entry; each group oldest first. */
export async function listGroups(
  db: Kysely<Tables>,
  namespace: string,
  { limit, beforeNumber, taskQueue }: Parameters<RecordStore['list']>[1],
): Promise<readonly (readonly RecordEntry[])[]> {
  let firsts = db.selectFrom('record').select('change_id').where('namespace', '=', namespace);
  firsts = firsts.where('kind', 'in', FIRST_KINDS);
  if (beforeNumber !== undefined) firsts = firsts.where('number', '<', beforeNumber);
  if (taskQueue !== undefined) firsts = firsts.where('task_queue', '=', taskQueue);
  const ids = (await firsts.orderBy('number', 'desc').limit(limit).execute()).map((row) => row.change_id);
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('record')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('change_id', 'in', ids)
    .execute();
  // Sorted here: asked for the order, SQLite would read the whole namespace by number.
  const entries = rows.map(entryOf).toSorted((left, right) => left.number - right.number);
  const groups = Map.groupBy(entries, ({ changeId }) => changeId);
  return ids.map((id) => groups.get(id) ?? []);
}

/** Text that SQLite would give back otherwise, or a time that is none, would break the chain for good. */
function rowOf(entry: NewRecordEntry, number: number, previous: string): RecordTable {
  if (!Number.isSafeInteger(entry.atMs)) throw new RangeError(`an entry's time is ${entry.atMs}`);
  const row = {
    number,
    at_ms: entry.atMs,
    kind: entry.kind,
    namespace: entry.namespace.toWellFormed(),
    task_queue: entry.taskQueue.toWellFormed(),
    change_id: entry.changeId.toWellFormed(),
    idempotency_key: entry.idempotencyKey?.toWellFormed() ?? null,
    body: entry.body.toWellFormed(),
    previous,
  };
  return { ...row, hash: entryHash(row) };
}

function entryOf(row: RecordTable): RecordEntry {
  return {
    number: row.number,
    kind: kindOf(row.kind),
    changeId: row.change_id,
    namespace: row.namespace,
    taskQueue: row.task_queue,
    atMs: row.at_ms,
    idempotencyKey: row.idempotency_key,
    body: row.body,
  };
}

const KINDS: readonly RecordKind[] = ['intent', 'outcome', 'taken-up', 'outside'];

/** Another kind is never taken for one of ours: what became of a change hangs on it. */
function kindOf(text: string): RecordKind {
  const kind = KINDS.find((known) => known === text);
  if (kind !== undefined) return kind;
  throw unavailable(
    `The record of changes holds an entry of the unknown kind ${JSON.stringify(text)}.`,
    'See what `patchboard record verify` says, and restore the store from a copy.',
  );
}
