import { Kysely, SqliteDialect } from 'kysely';
import { migrate } from '#server/store/migrations.ts';
import { openDatabase } from '#server/store/open-database.ts';
import type { Store } from '#server/store/port.ts';
import { listPatches, listTaskQueues, rememberPatches, rememberTaskQueues } from '#server/store/seen.ts';
import { storeError } from '#server/store/store-error.ts';
import type { Tables } from '#server/store/tables.ts';

/**
 * Opens the embedded store and brings its schema up to date. better-sqlite3 is loaded here, not before: commands that
 * need no store start without it. Several processes may share one file on a local disk.
 * @param path a file, or `:memory:`
 */
export async function createStore(path: string): Promise<Store> {
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw storeError(path, error);
    }
  };
  const db = await guarded(() => openMigrated(path));
  return {
    rememberTaskQueues: (namespace, names, atMs) => guarded(() => rememberTaskQueues(db, namespace, names, atMs)),
    listTaskQueues: (namespace) => guarded(() => listTaskQueues(db, namespace)),
    rememberPatches: (namespace, patches, atMs) => guarded(() => rememberPatches(db, namespace, patches, atMs)),
    listPatches: (namespace) => guarded(() => listPatches(db, namespace)),
    close: () => guarded(() => db.destroy()),
  };
}

async function openMigrated(path: string): Promise<Kysely<Tables>> {
  const database = await openDatabase(path);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  try {
    await migrate(db, path, Date.now());
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
