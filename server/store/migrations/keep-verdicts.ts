import type { Kysely } from 'kysely';
import type { Tables } from '#server/store/tables.ts';

/** Declared facts, what histories said, answers and hourly counts. */
export async function keepVerdicts(db: Kysely<Tables>): Promise<void> {
  await createFacts(db);
  await createRunFacts(db);
  await createAnswers(db);
  await createSamples(db);
}

async function createFacts(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('fact')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('declared_by', 'text', (column) => column.notNull())
    .addColumn('declared_ms', 'bigint', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('claim', 'text', (column) => column.notNull())
    .addColumn('withdrawn_by', 'text')
    .addColumn('withdrawn_ms', 'bigint')
    .addPrimaryKeyConstraint('fact_key', ['namespace', 'id'])
    .execute();
}

async function createRunFacts(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('run_facts')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('read_ms', 'bigint', (column) => column.notNull())
    .addColumn('form', 'integer', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('run_facts_key', ['namespace', 'run_id'])
    .execute();
  await db.schema.createIndex('run_facts_read').on('run_facts').column('read_ms').execute();
}

async function createAnswers(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('answer')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('asked_by', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('answer_key', ['namespace', 'key'])
    .execute();
  await db.schema.createIndex('answer_at').on('answer').column('at_ms').execute();
}

async function createSamples(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('sample')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('workflow_type', 'text', (column) => column.notNull())
    .addColumn('hour_ms', 'bigint', (column) => column.notNull())
    .addColumn('open_runs', 'integer', (column) => column.notNull())
    .addColumn('live', 'integer', (column) => column.notNull())
    .addColumn('deprecated', 'integer', (column) => column.notNull())
    .addColumn('without_marker', 'integer', (column) => column.notNull())
    .addColumn('versions', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sample_key', ['namespace', 'kind', 'id', 'workflow_type', 'hour_ms'])
    .execute();
  await db.schema.createIndex('sample_hour').on('sample').column('hour_ms').execute();
}
