import type { Kysely } from 'kysely';
import { keepRecord } from '#server/store/migrations/keep-record.ts';
import { keepVerdicts } from '#server/store/migrations/keep-verdicts.ts';
import { markSentChanges } from '#server/store/migrations/mark-sent-changes.ts';
import { rememberQueuesAndPatches } from '#server/store/migrations/remember-queues-and-patches.ts';
import { anotherProgram, unavailable } from '#server/store/store-error.ts';
import type { Tables } from '#server/store/tables.ts';
import { inWriteTransaction } from '#server/store/write-transaction.ts';

interface Migration {
  readonly name: string;
  readonly up: (db: Kysely<Tables>) => Promise<void>;
}

/** Forward only. A landed migration never changes; its id is its place in this list, from 1. */
const MIGRATIONS: readonly Migration[] = [
  { name: 'remember-queues-and-patches', up: rememberQueuesAndPatches },
  { name: 'keep-verdicts', up: keepVerdicts },
  { name: 'keep-record', up: keepRecord },
  { name: 'mark-sent-changes', up: markSentChanges },
];

/**
 * Brings the schema to this version under SQLite's write lock: of two processes that start together one migrates, the
 * other finds it done. Throws `store-unavailable` for a file of a newer Patchboard or of another program.
 */
export async function migrate(db: Kysely<Tables>, path: string, nowMs: number): Promise<void> {
  await inWriteTransaction(db, (connection) => migrateLocked(connection, path, nowMs));
}

async function migrateLocked(db: Kysely<Tables>, path: string, nowMs: number): Promise<void> {
  const tables = await db.introspection.getTables();
  if (tables.length > 0 && !tables.some((table) => table.name === 'migration')) {
    throw anotherProgram(path);
  }
  await db.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('applied_ms', 'bigint', (column) => column.notNull())
    .execute();
  const newest = await db
    .selectFrom('migration')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst();
  const done = newest?.id ?? 0;
  assertKnown(path, done);
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < done) continue;
    await migration.up(db);
    await db
      .insertInto('migration')
      .values({ id: index + 1, name: migration.name, applied_ms: nowMs })
      .execute();
  }
}

/** Throws `store-unavailable` for a schema that a newer Patchboard made. */
export function assertKnown(path: string, schema: number): void {
  if (schema <= MIGRATIONS.length) return;
  throw unavailable(
    `The store ${path} has schema ${schema}; this Patchboard knows schemas up to ${MIGRATIONS.length}.`,
    'Run the newer Patchboard that wrote it, or name another file in PATCHBOARD_DATABASE_URL.',
  );
}
