import type { Kysely } from 'kysely';
import type { Tables } from '#server/store/tables.ts';

/** Expired plans are kept for a while, so that one can be told from a plan that never was. */
const KEPT_MS = 3_600_000;

/** A pipeline that plans in a loop must not fill the disk. */
const PLANS_MAX = 500;

interface StoredPlan {
  readonly id: string;
  readonly expiresMs: number;
  readonly body: string;
}

/** Only inside a write transaction. All plans live equally long: the new one's end tells which have long expired. */
export async function savePlan(
  db: Kysely<Tables>,
  namespace: string,
  { id, expiresMs, body }: StoredPlan,
): Promise<void> {
  await db
    .deleteFrom('change_plan')
    .where('expires_ms', '<', expiresMs - KEPT_MS)
    .execute();
  const tooMany = await db
    .selectFrom('change_plan')
    .select(['namespace', 'id'])
    .orderBy('expires_ms', 'desc')
    .limit(PLANS_MAX)
    .offset(PLANS_MAX - 1)
    .execute();
  for (const old of tooMany) {
    await db.deleteFrom('change_plan').where('namespace', '=', old.namespace).where('id', '=', old.id).execute();
  }
  await db
    .insertInto('change_plan')
    .values({ namespace, id, expires_ms: expiresMs, body })
    .onConflict((conflict) => conflict.columns(['namespace', 'id']).doUpdateSet({ expires_ms: expiresMs, body }))
    .execute();
}

/** Its body, expired or not; null: there is no such plan. */
export async function findPlan(db: Kysely<Tables>, namespace: string, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('change_plan')
    .select('body')
    .where('namespace', '=', namespace)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.body ?? null;
}
