import { setImmediate as yieldToOthers } from 'node:timers/promises';

/** Rows in one statement: with up to ten columns far below SQLite's 32,766 bound values. */
const ROWS_PER_STATEMENT = 1_000;

/** Rows with long texts in one statement: it takes some 20 ms, in which the process does nothing else. */
export const LONG_ROWS_PER_STATEMENT = 500;

/** The rows in parts that one statement takes; none when there are none. Between two parts other work gets its turn. */
export async function* chunks<T>(rows: readonly T[], size = ROWS_PER_STATEMENT): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < rows.length; from += size) {
    if (from > 0) await yieldToOthers();
    yield rows.slice(from, from + size);
  }
}
