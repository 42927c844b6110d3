import Sqlite from 'better-sqlite3';
import { verifyRecord } from '#server/store/record/verify-record.ts';

/** A store's record after all: read with SQL of its own, but for the chain. */
export interface RecordCounts {
  readonly entries: number;
  readonly intents: number;
  readonly intentsWithoutOutcome: number;
  /** Said to be changed by somebody else, where nobody else was. */
  readonly outside: number;
  readonly chainProblems: number;
}

export async function recordCounts(path: string): Promise<RecordCounts> {
  const { entries, problemCount: chainProblems } = await verifyRecord(path);
  const database = new Sqlite(path, { readonly: true });
  try {
    const count = (where: string) =>
      database.prepare<[], number>(`select count(*) from record r where ${where}`).pluck().get() ?? 0;
    return {
      entries,
      intents: count(`kind = 'intent'`),
      intentsWithoutOutcome: count(
        `kind = 'intent' and not exists (select 1 from record o where o.kind = 'outcome' and o.change_id = r.change_id)`,
      ),
      outside: count(`kind = 'outside'`),
      chainProblems,
    };
  } finally {
    database.close();
  }
}
