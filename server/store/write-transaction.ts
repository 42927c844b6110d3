import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { BUSY_TIMEOUT_MS } from '#server/store/open-database.ts';
import type { Tables } from '#server/store/tables.ts';

/** The longest pause between two tries for the lock; another process's transaction takes a few milliseconds. */
const RETRY_MS = 10;

/**
 * Runs `work` while nobody else writes, in this process or another, and commits it durably: all or nothing. Waits for the lock
 * like one statement does, but without holding up the process. Throws SQLite's own errors, and those of `work`.
 */
export async function inWriteTransaction<T>(db: Kysely<Tables>, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  const giveUpMs = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    const isLastTry = performance.now() >= giveUpMs;
    const done = await db.connection().execute(async (connection) => {
      if (!(await begin(connection, isLastTry))) return null;
      try {
        const value = await work(connection);
        await sql`commit`.execute(connection);
        return { value };
      } catch (error) {
        // After a full disk SQLite may have rolled back by itself; the cause is what matters.
        await sql`rollback`.execute(connection).catch(() => undefined);
        throw error;
      }
    });
    if (done !== null) return done.value;
    await sleep(Math.random() * RETRY_MS);
  }
}

/** False: somebody else writes. SQLite's own waiting would stop the whole process for seconds, so it is off here. */
async function begin(db: Kysely<Tables>, isLastTry: boolean): Promise<boolean> {
  await sql`pragma busy_timeout = 0`.execute(db);
  try {
    await sql`begin immediate`.execute(db);
    return true;
  } catch (error) {
    if (isLastTry || !isBusy(error)) throw error;
    return false;
  } finally {
    await sql.raw(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`).execute(db);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
