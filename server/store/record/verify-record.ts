import { stat } from 'node:fs/promises';
import type { Database } from 'better-sqlite3';
import { assertKnown } from '#server/store/migrations.ts';
import { BUSY_TIMEOUT_MS } from '#server/store/open-database.ts';
import { type ChainHead, type ChainReport, checkChain } from '#server/store/record/check-chain.ts';
import { FIRST_PREVIOUS } from '#server/store/record/hash-entry.ts';
import { storedRows } from '#server/store/record/stored-rows.ts';
import { anotherProgram, guardedBy, unavailable } from '#server/store/store-error.ts';

export interface RecordReport extends ChainReport {
  /** False: the store is of a Patchboard that kept no record yet. */
  readonly isKept: boolean;
}

/**
 * Walks the record of a store's file, in one picture of it while others may write, and in constant memory. Opens it for reading only: creates,
 * migrates and repairs nothing. Throws `store-unavailable` for a file that is missing, cannot be read, or is not of this Patchboard.
 * @param kept a head of an earlier day that must be in the chain
 */
export async function verifyRecord(path: string, kept: ChainHead | null = null): Promise<RecordReport> {
  return guardedBy(path)(async () => {
    await assertFile(path);
    const { default: Sqlite } = await import('better-sqlite3');
    const database = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    try {
      return readReport(database, path, kept);
    } catch (error) {
      if (codeOf(error).startsWith('SQLITE_READONLY')) throw readOnlyFolder(path, error);
      throw error;
    } finally {
      database.close();
    }
  });
}

/** SQLite shares what it reads through files beside the store, and makes them where there are none. */
function readOnlyFolder(path: string, cause: unknown) {
  return unavailable(
    `The store ${path} lies in a folder that may not be written.`,
    'Copy it, and the files beside it that end in -wal and -shm, to a folder of your own, and verify the copy.',
    cause,
  );
}

async function assertFile(path: string): Promise<void> {
  const isFile = path !== ':memory:' && (await stat(path).catch(() => null))?.isFile();
  if (isFile) return;
  throw unavailable(
    path === ':memory:' ? 'A store in memory has no file to verify.' : `There is no store ${path}.`,
    'Name the store that the server uses in PATCHBOARD_DATABASE_URL.',
  );
}

const NO_ENTRIES: ChainHead = { number: 0, hash: FIRST_PREVIOUS };

/** One transaction: one picture of the file while others write to it. */
function readReport(database: Database, path: string, kept: ChainHead | null): RecordReport {
  database.exec('begin');
  const isKept = isKeeping(database, path);
  if (!isKept) return { isKept, ...checkChain([], NO_ENTRIES, kept) };
  try {
    const end = database.prepare<[], ChainHead>('select number, hash from record_head where id = 1').get() ?? null;
    return { isKept, ...checkChain(storedRows(database), end, kept) };
  } catch (error) {
    // A table or a column is not there.
    if (codeOf(error) !== 'SQLITE_ERROR') throw error;
    const problem = { what: 'tables-changed', number: 0, lastNumber: 0 } as const;
    return { isKept, entries: 0, head: null, problemCount: 1, problems: [problem] };
  }
}

/** Whether the store ever had a record: a table that is gone is no reason to believe that it never was. */
function isKeeping(database: Database, path: string): boolean {
  const names = database.prepare<[], string>(`select name from sqlite_master where type = 'table'`).pluck().all();
  if (!names.includes('migration')) throw anotherProgram(path);
  const done = database.prepare<[], { id: number; name: string }>('select id, name from migration order by id').all();
  assertKnown(path, done.at(-1)?.id ?? 0);
  return names.includes('record') || done.some(({ name }) => name === 'keep-record');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
