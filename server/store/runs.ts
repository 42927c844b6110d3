import { CompiledQuery, type Kysely } from 'kysely';
import { chunks, LONG_ROWS_PER_STATEMENT } from '#server/store/chunks.ts';
import type { RememberedRun } from '#server/store/port.ts';
import { decodeRunFacts, encodeRunFacts, RUN_FACTS_FORM } from '#server/store/run-facts-schema.ts';
import type { Tables } from '#server/store/tables.ts';

/** What nobody asked about for this long is read anew when somebody does. */
const KEPT_MS = 30 * 86_400_000;

/** Drops runs of all namespaces that were not read for 30 days before the newest of these. */
export async function rememberRuns(
  db: Kysely<Tables>,
  namespace: string,
  runs: readonly RememberedRun[],
): Promise<void> {
  const newest = newestOfEach(runs);
  for await (const part of chunks(newest, LONG_ROWS_PER_STATEMENT)) {
    const rows = part.map(({ runId, facts, readMs }) => [
      namespace,
      runId,
      readMs,
      RUN_FACTS_FORM,
      encodeRunFacts(facts),
    ]);
    await db.executeQuery(CompiledQuery.raw(insertion(db, rows.length), rows.flat()));
  }
  const newestMs = newest.reduce((latest, { readMs }) => Math.max(latest, readMs), -Infinity);
  if (newest.length > 0) await dropRuns(db, newestMs - KEPT_MS);
}

const COLUMNS = ['namespace', 'run_id', 'read_ms', 'form', 'facts'] as const;

/** By number of rows. What Kysely makes of ten thousand rows costs more than writing them, and is the same each time. */
const insertions = new WeakMap<Kysely<Tables>, Map<number, string>>();

/** SQL that writes so many rows; their values are bound row by row, in the order of `COLUMNS`. */
function insertion(db: Kysely<Tables>, count: number): string {
  const known = insertions.get(db) ?? new Map<number, string>();
  const row = { namespace: '', run_id: '', read_ms: 0, form: 0, facts: '' };
  const text =
    known.get(count) ??
    db
      .insertInto('run_facts')
      .columns(COLUMNS)
      .values(Array.from({ length: count }, () => row))
      .onConflict((conflict) =>
        conflict
          .columns(['namespace', 'run_id'])
          .doUpdateSet((eb) => ({
            read_ms: eb.ref('excluded.read_ms'),
            form: eb.ref('excluded.form'),
            facts: eb.ref('excluded.facts'),
          }))
          .whereRef('run_facts.read_ms', '<=', 'excluded.read_ms'),
      )
      .compile().sql;
  // Of the many sizes of a last part none comes again for certain.
  if (count === LONG_ROWS_PER_STATEMENT) insertions.set(db, known.set(count, text));
  return text;
}

/** What is written in another form, or cannot be read, is not remembered. */
export async function recallRuns(
  db: Kysely<Tables>,
  namespace: string,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, RememberedRun>> {
  const recalled = new Map<string, RememberedRun>();
  if (!(await isAnyRemembered(db, namespace))) return recalled;
  for await (const ids of chunks([...new Set(runIds)], LONG_ROWS_PER_STATEMENT)) {
    const rows = await db
      .selectFrom('run_facts')
      .select(['run_id', 'read_ms', 'facts'])
      .where('namespace', '=', namespace)
      .where('run_id', 'in', ids)
      .where('form', '=', RUN_FACTS_FORM)
      .execute();
    for (const row of rows) {
      const facts = decodeRunFacts(row.facts);
      if (facts !== null) recalled.set(row.run_id, { runId: row.run_id, facts, readMs: row.read_ms });
    }
  }
  return recalled;
}

/** A first question about ten thousand runs needs not look for each of them. */
async function isAnyRemembered(db: Kysely<Tables>, namespace: string): Promise<boolean> {
  const query = db.selectFrom('run_facts').select('form').where('namespace', '=', namespace).limit(1);
  return (await query.executeTakeFirst()) !== undefined;
}

async function dropRuns(db: Kysely<Tables>, beforeMs: number): Promise<void> {
  await db.deleteFrom('run_facts').where('read_ms', '<', beforeMs).execute();
}

/** PostgreSQL refuses to write one row twice in one statement. */
function newestOfEach(runs: readonly RememberedRun[]): readonly RememberedRun[] {
  const newest = new Map<string, RememberedRun>();
  for (const run of runs) if ((newest.get(run.runId)?.readMs ?? -Infinity) <= run.readMs) newest.set(run.runId, run);
  return [...newest.values()];
}
