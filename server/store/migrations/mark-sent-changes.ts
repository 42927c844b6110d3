import type { Kysely } from 'kysely';
import type { Tables } from '#server/store/tables.ts';

/** Of claims that an earlier version made nobody knows whether their write was sent. */
export async function markSentChanges(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('change_claim')
    .addColumn('may_be_sent', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
}
