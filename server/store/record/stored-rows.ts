import type { Database } from 'better-sqlite3';
import type { RecordTable } from '#server/store/tables.ts';

/** A row as it lies in the file. */
export interface StoredRow extends RecordTable {
  /** False: a value is of a type, or holds bytes, that Patchboard never writes; what was read of it is not all that is there. */
  readonly isExact: boolean;
}

const TEXTS = ['kind', 'namespace', 'task_queue', 'change_id', 'idempotency_key', 'body', 'previous', 'hash'] as const;

type RawRow = Readonly<Record<(typeof TEXTS)[number], Buffer | null>> &
  Pick<RecordTable, 'number' | 'at_ms'> & { types: string };

/**
 * The rows of the record by number, one at a time. Texts are read as bytes and decoded strictly: decoding as usual makes one text of
 * several that are not UTF-8, and would hide an edit. Throws SQLite's own errors.
 */
export function* storedRows(database: Database): Generator<StoredRow> {
  const columns = TEXTS.map((name) => `cast(${name} as blob) as ${name}`);
  const types = ['at_ms', ...TEXTS].map((name) => `typeof(${name})`).join(` || ' ' || `);
  const statement = database.prepare<[], RawRow>(
    `select number, at_ms, ${columns.join(', ')}, ${types} as types from record order by number`,
  );
  for (const row of statement.iterate()) yield decoded(row);
}

function decoded(raw: RawRow): StoredRow {
  let isExact =
    raw.types === `integer text text text text ${raw.idempotency_key === null ? 'null' : 'text'} text text text`;
  const text = (bytes: Buffer | null): string => {
    if (bytes === null) return '';
    try {
      return STRICT.decode(bytes);
    } catch {
      isExact = false;
      return bytes.toString('utf8');
    }
  };
  const row = {
    number: raw.number,
    at_ms: raw.at_ms,
    kind: text(raw.kind),
    namespace: text(raw.namespace),
    task_queue: text(raw.task_queue),
    change_id: text(raw.change_id),
    idempotency_key: raw.idempotency_key === null ? null : text(raw.idempotency_key),
    body: text(raw.body),
    previous: text(raw.previous),
    hash: text(raw.hash),
  };
  return { ...row, isExact };
}

/** A byte order mark is a part of the text. */
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
