import Sqlite from 'better-sqlite3';
import { createStore } from '#server/store/store.ts';

/** The store of a file (or `:memory:`), closed at the end of the test's block. */
export async function opened(at: string) {
  const store = await createStore(at);
  return { ...store, [Symbol.asyncDispose]: store.close };
}

/** One statement past the store, as somebody with the file could make it. Returns how many rows it changed. */
export function edit(at: string, statement: string, ...values: readonly (string | number)[]): number {
  const database = new Sqlite(at);
  try {
    return database.prepare(statement).run(...values).changes;
  } finally {
    database.close();
  }
}
