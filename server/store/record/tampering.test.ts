import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryHash } from '#server/store/record/hash-entry.ts';
import { verifyRecord } from '#server/store/record/verify-record.ts';
import type { RecordTable } from '#server/store/tables.ts';
import { exampleEntry, someEntry, writeEntries } from '#server/store/testing/record-entries.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchboard-tamper-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Row = RecordTable;
type Tamper = (database: Database, rows: readonly Row[]) => void;

/** A file as it was written, and what is found after somebody has been at a copy of it. */
async function tampering(path: string) {
  const original = await readFile(path);
  return async (tamper: Tamper) => {
    await writeFile(path, original);
    const database = new Sqlite(path);
    database.pragma('synchronous = OFF');
    for (const what of ['updated', 'deleted', 'replaced']) database.exec(`drop trigger record_not_${what}`);
    tamper(database, database.prepare<[], Row>('select * from record order by number').all());
    database.close();
    return verifyRecord(path);
  };
}

const TEXTS = ['kind', 'namespace', 'task_queue', 'change_id', 'idempotency_key', 'body', 'previous', 'hash'] as const;

/** Every column in every way: another value of its own type, a part of it more, the same bytes as another type. */
function edits(row: Row, other: string): readonly (readonly [string, unknown])[] {
  const texts = TEXTS.flatMap((column) => {
    const old = row[column];
    const values = [
      other,
      `${old ?? ''}x`,
      Buffer.from(old ?? ''),
      ...(old === null ? [] : [old.slice(1), old.toUpperCase()]),
    ];
    return values.filter((value) => value !== old).map((value) => [column, value] as const);
  });
  const emptied = row.idempotency_key === null ? [] : [['idempotency_key', null] as const];
  const times = [row.at_ms + 1, -row.at_ms - 1, row.at_ms + 0.5, Buffer.from(String(row.at_ms))];
  return [...texts, ...emptied, ...times.map((value) => ['at_ms', value] as const)];
}

function setColumn(number: number, column: string, value: unknown): Tamper {
  return (database) => database.prepare(`update record set ${column} = ? where number = ?`).run(value, number);
}

/** The rows at these places, written anew with what belonged to each other; `kept` stays with the place. */
function exchange(left: number, right: number, kept: readonly (keyof Row)[], isHashed: boolean): Tamper {
  return (database, rows) => {
    const [a, b] = [rows[left], rows[right]];
    if (a === undefined || b === undefined) throw new Error('no such row');
    const keepOf = (place: Row) => Object.fromEntries(kept.map((column) => [column, place[column]]));
    const exchanged = [
      { ...b, ...keepOf(a) },
      { ...a, ...keepOf(b) },
    ].map((row) => (isHashed ? { ...row, hash: entryHash(row) } : row));
    database.prepare('delete from record where number in (?, ?)').run(a.number, b.number);
    for (const row of exchanged) insert(database, row);
  };
}

/** The row as it would have been written with these fields at its place. */
function rewrite(database: Database, row: Row): void {
  database.prepare('delete from record where number = ?').run(row.number);
  insert(database, { ...row, hash: entryHash(row) });
}

function insert(database: Database, row: Row): void {
  const columns = ['number', 'at_ms', ...TEXTS];
  database
    .prepare(`insert into record (${columns.join()}) values (${columns.map((name) => `@${name}`).join()})`)
    .run(row);
}

function everyWay(rows: readonly Row[], other: string, far: number): readonly (readonly [string, Tamper])[] {
  const last = rows.length;
  const inRow = rows.flatMap((row): (readonly [string, Tamper])[] => {
    const { number } = row;
    const body = `${row.body} `;
    return [
      ...edits(row, other).map(
        ([column, value]) => [`${column} of ${number}: ${String(value)}`, setColumn(number, column, value)] as const,
      ),
      ...[0, -1, last + 1, last + 2 + far].map(
        (to) => [`${number} renumbered ${to}`, setColumn(number, 'number', to)] as const,
      ),
      [`${number} edited, with its hash`, (database) => rewrite(database, { ...row, body })],
      [`${number} deleted`, (database) => database.prepare('delete from record where number = ?').run(number)],
    ];
  });
  const pairs = rows.flatMap((_, left) => rows.slice(left + 1).map((_, offset) => [left, left + 1 + offset] as const));
  const swaps = pairs.flatMap(([left, right]): (readonly [string, Tamper])[] => [
    [`${left} and ${right} exchange all but their numbers`, exchange(left, right, ['number'], false)],
    [`${left} and ${right} exchange what they say`, exchange(left, right, ['number', 'previous', 'hash'], false)],
    [`${left} and ${right} exchange what they say, hashed anew`, exchange(left, right, ['number', 'previous'], true)],
  ]);
  return [...inRow, ...swaps];
}

test(
  'every edit, deletion and exchange of rows is found, on chains of random entries',
  { timeout: 120_000 },
  async () => {
    const chain = fc.uniqueArray(someEntry, { minLength: 1, maxLength: 6, selector: (entry) => JSON.stringify(entry) });
    const tried = { chains: 0, ways: 0 };
    await fc.assert(
      fc.asyncProperty(chain, fc.string({ unit: 'grapheme', maxLength: 10 }), fc.nat(), async (entries, other, far) => {
        const path = join(folder, `${tried.chains++}.db`);
        await writeEntries(path, entries);
        const foundAfter = await tampering(path);
        let rows: readonly Row[] = [];
        expect((await foundAfter((_, all) => void (rows = all))).problemCount).toBe(0);
        for (const [name, tamper] of everyWay(rows, other, far)) {
          expect((await foundAfter(tamper)).problemCount, name).toBeGreaterThan(0);
          tried.ways += 1;
        }
      }),
      { numRuns: 8 },
    );
    expect(tried.ways).toBeGreaterThan(300);
  },
);

describe('it is told what is wrong where', () => {
  const entries = Array.from({ length: 5 }, (_, index) => exampleEntry({ changeId: `c${index}` }));
  let foundAfter: Awaited<ReturnType<typeof tampering>>;
  beforeAll(async () => {
    const path = join(folder, 'told.db');
    await writeEntries(path, entries);
    foundAfter = await tampering(path);
  });
  const run =
    (...statements: string[]): Tamper =>
    (database) => {
      for (const statement of statements) database.exec(statement);
    };

  test.each([
    ['an edit', ["update record set body = 'x' where number = 2"], ['edited 2']],
    ['the first deleted', ['delete from record where number = 1'], ['missing 1']],
    ['some deleted', ['delete from record where number in (2, 3)'], ['missing 2 to 3']],
    ['the last deleted', ['delete from record where number >= 4'], ['missing 4 to 5']],
    ['all deleted', ['delete from record'], ['missing 1 to 5']],
    ['a hash edited', ["update record set hash = 'x' where number = 2"], ['edited 2', 'not-linked 3']],
    ['a link edited', ["update record set previous = 'x' where number = 2"], ['not-linked 2', 'edited 2']],
    ['a number that is none', ['update record set number = 0 where number = 1'], ['stray 0', 'missing 1']],
    ['the end set back', ['update record_head set number = 4'], ['end-differs 5']],
    ['the end set forward', ['update record_head set number = 7'], ['missing 6 to 7']],
    ['the end with another hash', ["update record_head set hash = 'x'"], ['end-differs 5']],
    ['the end as another type', ["update record_head set number = 'x'"], ['end-differs 5']],
    ['the end gone', ['delete from record_head'], ['end-unknown 5']],
    ['the end of another id', ['update record_head set id = 2'], ['end-unknown 5']],
  ])('%s', async (_, statements, expected) => {
    const { problems } = await foundAfter(run(...statements));
    expect(
      problems.map(
        ({ what, number, lastNumber }) => `${what} ${number}${number === lastNumber ? '' : ` to ${lastNumber}`}`,
      ),
    ).toEqual(expected);
  });

  test('a last entry edited with its hash', async () => {
    const { problems } = await foundAfter((database, rows) => {
      for (const row of rows.slice(4)) rewrite(database, { ...row, body: 'x' });
    });
    expect(problems).toMatchObject([{ what: 'end-differs', number: 5 }]);
  });
});

test('bytes that are read as the same text are not the same', async () => {
  const path = join(folder, 'bytes.db');
  await writeEntries(path, [exampleEntry({ body: 'a\ufffdb', taskQueue: '\ufeffq' })]);
  const foundAfter = await tampering(path);
  for (const [column, hex] of [
    ['body', '61ff62'],
    ['body', '61f09f9862'],
    ['task_queue', '71'],
  ]) {
    const { problems } = await foundAfter(
      (database) => void database.exec(`update record set ${column} = cast(x'${hex}' as text)`),
    );
    expect(problems).toMatchObject([{ what: 'edited', number: 1 }]);
  }
});
