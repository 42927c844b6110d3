import { Kysely, SqliteDialect } from 'kysely';
import { findAnswer, listAnswers, saveAnswer } from '#server/store/answers.ts';
import { declareFact, listFacts, withdrawFact } from '#server/store/facts.ts';
import { migrate } from '#server/store/migrations.ts';
import { openDatabase } from '#server/store/open-database.ts';
import type { Store } from '#server/store/port.ts';
import { createRecordStore } from '#server/store/record/record-store.ts';
import { recallRuns, rememberRuns } from '#server/store/runs.ts';
import { addSamples, listSamples } from '#server/store/samples.ts';
import { listPatches, listTaskQueues, rememberPatches, rememberTaskQueues } from '#server/store/seen.ts';
import { guardedBy } from '#server/store/store-error.ts';
import type { Tables } from '#server/store/tables.ts';

/**
 * Opens the embedded store and brings its schema up to date. better-sqlite3 is loaded here, not before: commands that
 * need no store start without it. Several processes may share one file on a local disk.
 * @param path a file, or `:memory:`
 */
export async function createStore(path: string): Promise<Store> {
  const guarded = guardedBy(path);
  const db = await guarded(() => openMigrated(path));
  return {
    rememberTaskQueues: (namespace, names, atMs) => guarded(() => rememberTaskQueues(db, namespace, names, atMs)),
    listTaskQueues: (namespace) => guarded(() => listTaskQueues(db, namespace)),
    rememberPatches: (namespace, patches, atMs) => guarded(() => rememberPatches(db, namespace, patches, atMs)),
    listPatches: (namespace) => guarded(() => listPatches(db, namespace)),
    declareFact: (namespace, fact) => guarded(() => declareFact(db, namespace, fact)),
    listFacts: (namespace) => guarded(() => listFacts(db, namespace)),
    withdrawFact: (namespace, id, by, atMs) => guarded(() => withdrawFact(db, namespace, id, by, atMs)),
    rememberRuns: (namespace, runs) => guarded(() => rememberRuns(db, namespace, runs)),
    recallRuns: (namespace, runIds) => guarded(() => recallRuns(db, namespace, runIds)),
    saveAnswer: (namespace, answer) => guarded(() => saveAnswer(db, namespace, answer)),
    findAnswer: (namespace, key) => guarded(() => findAnswer(db, namespace, key)),
    listAnswers: (namespace, sinceMs) => guarded(() => listAnswers(db, namespace, sinceMs)),
    addSamples: (namespace, samples, atMs) => guarded(() => addSamples(db, namespace, samples, atMs)),
    listSamples: (namespace, patch, sinceMs) => guarded(() => listSamples(db, namespace, patch, sinceMs)),
    record: createRecordStore(db, guarded),
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
