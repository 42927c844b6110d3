import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { unavailable } from '#server/store/store-error.ts';

/** How long one statement waits for another process's write. */
export const BUSY_TIMEOUT_MS = 5_000;

/** 3.51.3 fixed the WAL-reset corruption that two connections could cause (sqlite.org/wal.html#walresetbug). */
const SQLITE_VERSION_MIN = '3.51.3';

const WAL_RETRY_MS = 25;

/**
 * Opens the file (its folder is created) for durable use: write-ahead log, fsync at every commit, checked for damage.
 * Throws SQLite's own errors, and `store-unavailable` for a library that is too old.
 */
export async function openDatabase(path: string): Promise<Database> {
  if (path !== ':memory:') await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { default: Sqlite } = await import('better-sqlite3');
  const database = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    assertVersion(database.prepare<[], string>('select sqlite_version()').pluck().get() ?? '0');
    await switchToWal(database);
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    const verdict = database.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') throw Object.assign(new Error(String(verdict)), { code: 'SQLITE_CORRUPT' });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite does not always wait by itself when two processes switch one new file at the same time. */
async function switchToWal(database: Database): Promise<void> {
  const giveUpMs = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      const isBusy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
      if (!isBusy || performance.now() > giveUpMs) throw error;
    }
    await sleep(WAL_RETRY_MS);
  }
}

/** @param version dotted, as `sqlite_version()` gives it */
export function assertVersion(version: string): void {
  if (compareVersions(version, SQLITE_VERSION_MIN) >= 0) return;
  throw unavailable(
    `SQLite ${version} is too old: versions before ${SQLITE_VERSION_MIN} can damage a file that two processes use.`,
    'Run `npm install` again, so that the locked better-sqlite3 is used.',
  );
}

function compareVersions(left: string, right: string): number {
  const a = left.split('.').map(Number);
  const b = right.split('.').map(Number);
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
