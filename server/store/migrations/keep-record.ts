import { type Kysely, sql } from 'kysely';
import { FIRST_PREVIOUS } from '#server/store/record/hash-entry.ts';
import type { Tables } from '#server/store/tables.ts';

/** The record of changes, and what working at them needs. */
export async function keepRecord(db: Kysely<Tables>): Promise<void> {
  await createRecord(db);
  await guardRecord(db);
  await createClaims(db);
  await createSeen(db);
  await createPlans(db);
}

async function createRecord(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('record')
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('task_queue', 'text', (column) => column.notNull())
    .addColumn('change_id', 'text', (column) => column.notNull())
    .addColumn('idempotency_key', 'text')
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('previous', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('record_change').on('record').columns(['namespace', 'change_id', 'number']).execute();
  await db.schema.createIndex('record_list').on('record').columns(['namespace', 'number']).execute();
  await db.schema.createIndex('record_queue').on('record').columns(['namespace', 'task_queue', 'number']).execute();
  await db.schema
    .createIndex('record_key')
    .unique()
    .on('record')
    .columns(['namespace', 'idempotency_key'])
    .where('idempotency_key', 'is not', null)
    .execute();
  await db.schema
    .createTable('record_head')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await db.insertInto('record_head').values({ id: 1, number: 0, hash: FIRST_PREVIOUS }).execute();
}

/** The third is for `insert or replace`, which deletes without asking the others. */
async function guardRecord(db: Kysely<Tables>): Promise<void> {
  await sql`create trigger record_not_updated before update on record
    begin select raise(abort, 'the record is append-only'); end`.execute(db);
  await sql`create trigger record_not_deleted before delete on record
    begin select raise(abort, 'the record is append-only'); end`.execute(db);
  await sql`create trigger record_not_replaced before insert on record
    when new.number <= (select max(number) from record)
      or exists (select 1 from record where namespace = new.namespace and idempotency_key = new.idempotency_key)
    begin select raise(abort, 'the record is append-only'); end`.execute(db);
}

async function createClaims(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('change_claim')
    .addColumn('change_id', 'text', (column) => column.primaryKey())
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('task_queue', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('until_ms', 'bigint', (column) => column.notNull())
    .addColumn('holds_queue', 'integer', (column) => column.notNull())
    .addColumn('orphaned_ms', 'bigint')
    .execute();
  await db.schema
    .createIndex('change_claim_queue')
    .unique()
    .on('change_claim')
    .columns(['namespace', 'task_queue'])
    .where(sql.ref('holds_queue'), '=', sql.lit(1))
    .execute();
}

async function createSeen(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('queue_seen')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('task_queue', 'text', (column) => column.notNull())
    .addColumn('sets', 'text', (column) => column.notNull())
    .addColumn('seen_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('queue_seen_key', ['namespace', 'task_queue'])
    .execute();
}

async function createPlans(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('change_plan')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('expires_ms', 'bigint', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('change_plan_key', ['namespace', 'id'])
    .execute();
  await db.schema.createIndex('change_plan_expires').on('change_plan').column('expires_ms').execute();
}
