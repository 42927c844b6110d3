import type { Kysely } from 'kysely';
import { findHolder, isClaimed } from '#server/store/record/claims.ts';
import { appendEntry, listGroups } from '#server/store/record/entries.ts';
import type { RecordStore, SeenSets } from '#server/store/record/port.ts';
import type { Tables } from '#server/store/tables.ts';

type Observe = Parameters<RecordStore['observe']>;

/** Only inside a write transaction. */
export async function observe(
  db: Kysely<Tables>,
  { namespace, taskQueue, readFromMs }: Observe[0],
  judge: Observe[1],
): Promise<void> {
  if ((await findHolder(db, namespace, taskQueue)) !== null) return;
  const seen = await findSeen(db, namespace, taskQueue);
  // Of two in the same millisecond nobody knows which came first; the next reading will tell.
  if (seen !== null && seen.seenMs >= readFromMs) return;
  const observed = await judge(seen, async () => {
    const [entries = []] = await listGroups(db, namespace, { limit: 1, taskQueue });
    return { entries, isClaimed: await isClaimed(db, entries[0]?.changeId) };
  });
  if (observed.seen !== null) await keepSeen(db, { namespace, taskQueue }, observed.seen);
  if (observed.entry !== null) await appendEntry(db, observed.entry);
}

export async function keepSeen(
  db: Kysely<Tables>,
  { namespace, taskQueue }: { readonly namespace: string; readonly taskQueue: string },
  { sets, seenMs }: SeenSets,
): Promise<void> {
  await db
    .insertInto('queue_seen')
    .values({ namespace, task_queue: taskQueue, sets, seen_ms: seenMs })
    .onConflict((conflict) => conflict.columns(['namespace', 'task_queue']).doUpdateSet({ sets, seen_ms: seenMs }))
    .execute();
}

export async function listSeen(
  db: Kysely<Tables>,
  namespace: string,
): Promise<readonly (SeenSets & { readonly taskQueue: string })[]> {
  const rows = await db
    .selectFrom('queue_seen')
    .selectAll()
    .where('namespace', '=', namespace)
    .orderBy('task_queue')
    .execute();
  return rows.map((row) => ({ taskQueue: row.task_queue, sets: row.sets, seenMs: row.seen_ms }));
}

async function findSeen(db: Kysely<Tables>, namespace: string, taskQueue: string): Promise<SeenSets | null> {
  const row = await db
    .selectFrom('queue_seen')
    .select(['sets', 'seen_ms'])
    .where('namespace', '=', namespace)
    .where('task_queue', '=', taskQueue)
    .executeTakeFirst();
  return row === undefined ? null : { sets: row.sets, seenMs: row.seen_ms };
}
