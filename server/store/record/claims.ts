import type { Kysely } from 'kysely';
import type { Claim } from '#server/store/record/port.ts';
import type { Tables } from '#server/store/tables.ts';

interface Times {
  readonly nowMs: number;
  readonly untilMs: number;
}

export async function renewClaims(
  db: Kysely<Tables>,
  owner: string,
  changeIds: readonly string[],
  untilMs: number,
): Promise<void> {
  if (changeIds.length === 0) return;
  await db
    .updateTable('change_claim')
    .set({ until_ms: untilMs })
    .where('owner', '=', owner)
    .where('change_id', 'in', changeIds)
    .execute();
}

/** Only inside a write transaction. A claim that has run out still holds its queue: its write may land yet. */
export async function takeQueue(
  db: Kysely<Tables>,
  changeId: string,
  owner: string,
  { untilMs }: Times,
): Promise<'taken' | 'busy' | 'lost'> {
  const own = await db
    .selectFrom('change_claim')
    .select(['namespace', 'task_queue'])
    .where('change_id', '=', changeId)
    .where('owner', '=', owner)
    .executeTakeFirst();
  if (own === undefined) return 'lost';
  const holder = await findHolder(db, own.namespace, own.task_queue);
  if (holder !== null && holder !== changeId) return 'busy';
  await db
    .updateTable('change_claim')
    .set({ holds_queue: 1, until_ms: untilMs })
    .where('change_id', '=', changeId)
    .execute();
  return 'taken';
}

/** The change that holds the queue; null: none. */
export async function findHolder(db: Kysely<Tables>, namespace: string, taskQueue: string): Promise<string | null> {
  const row = await db
    .selectFrom('change_claim')
    .select('change_id')
    .where('namespace', '=', namespace)
    .where('task_queue', '=', taskQueue)
    .where('holds_queue', '=', 1)
    .executeTakeFirst();
  return row?.change_id ?? null;
}

/** Whether some process works at the change, or watches it. */
export async function isClaimed(db: Kysely<Tables>, changeId: string | undefined): Promise<boolean> {
  if (changeId === undefined) return false;
  const row = await db
    .selectFrom('change_claim')
    .select('change_id')
    .where('change_id', '=', changeId)
    .executeTakeFirst();
  return row !== undefined;
}

/** A claim once taken over sends nothing, in its former process neither: whoever took it over settles it. */
export async function mayStillWrite(
  db: Kysely<Tables>,
  changeId: string,
  owner: string,
  { nowMs, untilMs }: Times,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('change_claim')
    .set({ until_ms: untilMs, may_be_sent: 1 })
    .where('change_id', '=', changeId)
    .where('owner', '=', owner)
    .where('until_ms', '>', nowMs)
    .where('holds_queue', '=', 1)
    .where('orphaned_ms', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Only inside a write transaction. Of a claim taken over twice the first owner's end counts: only that one can have sent. */
export async function takeOver(
  db: Kysely<Tables>,
  owner: string,
  { nowMs, untilMs }: Times,
): Promise<readonly Claim[]> {
  const rows = await db
    .selectFrom('change_claim')
    .selectAll()
    .where('until_ms', '<=', nowMs)
    .orderBy('until_ms')
    .orderBy('change_id')
    .execute();
  const claims = rows.map((row) => ({
    changeId: row.change_id,
    namespace: row.namespace,
    taskQueue: row.task_queue,
    owner,
    untilMs,
    orphanedMs: row.orphaned_ms ?? row.until_ms,
    mayBeSent: row.may_be_sent === 1,
  }));
  for (const { changeId, orphanedMs } of claims) {
    await db
      .updateTable('change_claim')
      .set({ owner, until_ms: untilMs, orphaned_ms: orphanedMs })
      .where('change_id', '=', changeId)
      .execute();
  }
  return claims;
}

export async function release(db: Kysely<Tables>, changeId: string, what: 'claim' | 'queue'): Promise<void> {
  if (what === 'claim') await db.deleteFrom('change_claim').where('change_id', '=', changeId).execute();
  else await db.updateTable('change_claim').set({ holds_queue: 0 }).where('change_id', '=', changeId).execute();
}
