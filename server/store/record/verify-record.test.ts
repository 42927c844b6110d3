import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyRecord } from '#server/store/record/verify-record.ts';
import { edit, opened } from '#server/store/testing/open-store.ts';
import { exampleEntry, exampleIntent, someEntry, writeEntries } from '#server/store/testing/record-entries.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchboard-record-'));
  path = join(folder, 'store.db');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const three = ['a', 'b', 'c'].map((changeId) => exampleEntry({ changeId }));

describe('a record as it was written', () => {
  test('is whole, also while it is open, and its earlier heads stay in it', async () => {
    await writeEntries(path, three);
    const report = await verifyRecord(path);
    expect(report).toMatchObject({ isKept: true, entries: 3, head: { number: 3 }, problemCount: 0, problems: [] });
    await using store = await opened(path);
    await store.record.begin(exampleIntent('d'), { owner: 'o', untilMs: 1 });
    expect(await verifyRecord(path, report.head)).toMatchObject({ entries: 4, head: { number: 4 }, problemCount: 0 });
  });

  test('may have no entry', async () => {
    await writeEntries(path, []);
    expect(await verifyRecord(path)).toEqual({ isKept: true, entries: 0, head: null, problemCount: 0, problems: [] });
  });

  test('is whole whatever the texts hold', { timeout: 60_000 }, async () => {
    const hard = fc.constantFrom('\ud800', 'a\udc00b', '\ufeffmark', '\ufffd', '\0');
    const text = fc.oneof(fc.string({ unit: 'binary' }), hard);
    const entry = fc.tuple(someEntry, text, text).map(([some, taskQueue, body]) => ({ ...some, taskQueue, body }));
    await writeEntries(path, []);
    let entries = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 20 }), async (more) => {
        await writeEntries(path, more);
        entries += more.length;
        expect(await verifyRecord(path)).toMatchObject({ entries, problemCount: 0 });
      }),
      { numRuns: 50 },
    );
  });

  test('is read only, and so stays as it is after a kill, with entries that only the log holds', async () => {
    const copy = join(folder, 'copy.db');
    {
      await using store = await opened(path);
      await store.record.begin(exampleIntent('a'), { owner: 'o', untilMs: 1 });
      for (const part of ['', '-wal']) await copyFile(`${path}${part}`, `${copy}${part}`);
    }
    const parts = () => Promise.all(['', '-wal'].map((part) => readFile(`${copy}${part}`)));
    const before = await parts();
    expect(await verifyRecord(copy)).toMatchObject({ entries: 1, problemCount: 0 });
    expect(await parts()).toEqual(before);
  });
});

describe('a chain that was written anew as a whole', () => {
  test('is found by whoever kept a head', async () => {
    await writeEntries(path, three);
    const { head } = await verifyRecord(path);
    await rm(path);
    await writeEntries(path, [exampleEntry({ changeId: 'a', body: '{"outcome":"refused"}' }), ...three.slice(1)]);
    expect(await verifyRecord(path)).toMatchObject({ problemCount: 0 });
    expect((await verifyRecord(path, head)).problems).toEqual([{ what: 'head-differs', number: 3, lastNumber: 3 }]);
  });

  test('is found when it is shorter, or gone', async () => {
    await writeEntries(path, three);
    const { head } = await verifyRecord(path);
    const missing = [{ what: 'head-missing', number: 3, lastNumber: 3 }];
    for (const rest of [three.slice(0, 2), []]) {
      await rm(path);
      await writeEntries(path, rest);
      expect((await verifyRecord(path, head)).problems).toEqual(missing);
    }
  });
});

test('many problems are counted, and a hundred of them told', async () => {
  await writeEntries(
    path,
    Array.from({ length: 150 }, (_, index) => exampleEntry({ changeId: `c${index}` })),
  );
  edit(path, 'drop trigger record_not_updated');
  edit(path, "update record set body = 'x'");
  const { problemCount, problems } = await verifyRecord(path);
  expect(problemCount).toBe(150);
  expect(problems).toHaveLength(100);
});

describe('tables that are gone or changed are damage, not a store without a record', () => {
  test.each([
    'drop table record',
    'drop table record_head',
    'alter table record drop column body',
    'alter table record rename to other',
  ])('%s', async (statement) => {
    await writeEntries(path, three);
    edit(path, statement);
    expect((await verifyRecord(path)).problems).toMatchObject([{ what: 'tables-changed' }]);
  });
});

test('a store of an earlier Patchboard has no record yet; a head that somebody kept is missing all the same', async () => {
  edit(path, 'create table migration (id integer primary key, name text not null, applied_ms bigint not null)');
  edit(path, "insert into migration values (1, 'remember-queues-and-patches', 1), (2, 'keep-verdicts', 1)");
  expect(await verifyRecord(path)).toEqual({ isKept: false, entries: 0, head: null, problemCount: 0, problems: [] });
  expect(await verifyRecord(path, { number: 2, hash: 'a'.repeat(64) })).toMatchObject({
    problems: [{ what: 'head-missing', number: 2 }],
  });
});

describe('what cannot be verified is refused, and stays as it is', () => {
  const refused = async (at: string, message: RegExp) =>
    expect(await verifyRecord(at).catch((error: unknown) => error)).toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(message) as string,
    });

  test('no file, a folder, a store in memory', async () => {
    await refused(path, /There is no store/);
    await refused(join(folder, 'no', 'such', 'folder', 'store.db'), /There is no store/);
    await refused(folder, /There is no store/);
    await refused(':memory:', /in memory/);
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  test('a file of another program, or none of SQLite', async () => {
    edit(path, 'create table bookmarks (url text)');
    await refused(path, /another program/);
    await writeFile(path, 'not a database, but long enough to have a header of one hundred bytes. '.repeat(9));
    await refused(path, /damaged/);
  });

  test('a store of a newer Patchboard', async () => {
    await writeEntries(path, three);
    edit(path, "insert into migration values (99, 'from the future', 1)");
    await refused(path, /schema 99/);
  });

  test('a file whose pages are damaged in the middle of the record', async () => {
    await writeEntries(
      path,
      Array.from({ length: 200 }, () => exampleEntry({ body: 'x'.repeat(1_000) })),
    );
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0xa5, bytes.length / 4, bytes.length / 2));
    await refused(path, /damaged/);
  });
});

test('the guards refuse every change of a row, and a row in the place of another', async () => {
  await writeEntries(path, [exampleIntent('a'), ...three]);
  const database = new Sqlite(path);
  const refuse = (statement: string) => expect(() => database.exec(statement)).toThrow('the record is append-only');
  refuse("update record set body = 'x'");
  refuse('update record set hash = hash where number = 2');
  refuse('delete from record');
  refuse('delete from record where number = 4');
  const values = "1, 'intent', 'n', 'q', 'a', 'a', '{}', '', ''";
  refuse(`insert or replace into record values (2, ${values})`);
  refuse(`insert or replace into record values (9, ${values})`);
  refuse(`insert into record values (0, ${values.replace("'a', '{}'", "null, '{}'")})`);
  database.close();
  expect(await verifyRecord(path)).toMatchObject({ entries: 4, problemCount: 0 });
});
