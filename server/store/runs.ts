import type { Kysely } from 'kysely';
import { chunks, LONG_ROWS_PER_STATEMENT } from '#server/store/chunks.ts';
import { parsedAs } from '#server/store/parsed-as.ts';
import type { RememberedRun } from '#server/store/port.ts';
import { RUN_FACTS_FORM, runFactsSchema } from '#server/store/run-facts-schema.ts';
import type { Tables } from '#server/store/tables.ts';

/** What nobody asked about for this long is read anew when somebody does. */
const KEPT_MS = 30 * 86_400_000;

/** Drops runs of all namespaces that were not read for 30 days before the newest of these. */
export async function rememberRuns(
  db: Kysely<Tables>,
  namespace: string,
  runs: readonly RememberedRun[],
): Promise<void> {
  const rows = newestOfEach(runs).map(({ runId, facts, readMs }) => ({
    namespace,
    run_id: runId,
    read_ms: readMs,
    form: RUN_FACTS_FORM,
    facts: JSON.stringify(facts),
  }));
  for await (const values of chunks(rows, LONG_ROWS_PER_STATEMENT)) {
    await db
      .insertInto('run_facts')
      .values(values)
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
      .execute();
  }
  const newestMs = rows.reduce((newest, row) => Math.max(newest, row.read_ms), -Infinity);
  if (rows.length > 0) await forgetRuns(db, newestMs - KEPT_MS);
}

/** What is written in another form, or cannot be read, is not remembered. */
export async function recallRuns(
  db: Kysely<Tables>,
  namespace: string,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, RememberedRun>> {
  const recalled = new Map<string, RememberedRun>();
  for await (const ids of chunks([...new Set(runIds)], LONG_ROWS_PER_STATEMENT)) {
    const rows = await db
      .selectFrom('run_facts')
      .select(['run_id', 'read_ms', 'facts'])
      .where('namespace', '=', namespace)
      .where('run_id', 'in', ids)
      .where('form', '=', RUN_FACTS_FORM)
      .execute();
    for (const row of rows) {
      const facts = parsedAs(runFactsSchema, row.facts);
      if (facts !== null) recalled.set(row.run_id, { runId: row.run_id, facts, readMs: row.read_ms });
    }
  }
  return recalled;
}

export async function forgetRuns(db: Kysely<Tables>, beforeMs: number): Promise<void> {
  await db.deleteFrom('run_facts').where('read_ms', '<', beforeMs).execute();
}

/** PostgreSQL refuses to write one row twice in one statement. */
function newestOfEach(runs: readonly RememberedRun[]): readonly RememberedRun[] {
  const newest = new Map<string, RememberedRun>();
  for (const run of runs) if ((newest.get(run.runId)?.readMs ?? -Infinity) <= run.readMs) newest.set(run.runId, run);
  return [...newest.values()];
}
