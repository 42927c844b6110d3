import type { Kysely } from 'kysely';
import type { Tables } from '#server/store/tables.ts';

export async function rememberQueuesAndPatches(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('task_queue')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('first_seen_ms', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('task_queue_key', ['namespace', 'name'])
    .execute();
  await db.schema
    .createTable('patch')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('workflow_type', 'text', (column) => column.notNull())
    .addColumn('first_seen_ms', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('patch_key', ['namespace', 'kind', 'id', 'workflow_type'])
    .execute();
}
