import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite, { type Database } from 'better-sqlite3';
import { Kysely, sql, SqliteDialect } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Tables } from '#server/store/tables.ts';
import { inWriteTransaction } from '#server/store/write-transaction.ts';

let folder: string;
let own: Kysely<Tables>;
let other: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchboard-lock-'));
  other = new Sqlite(join(folder, 'store.db'));
  other.pragma('journal_mode = WAL');
  other.exec('create table note (text text)');
  own = new Kysely<Tables>({ dialect: new SqliteDialect({ database: new Sqlite(join(folder, 'store.db')) }) });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await own.destroy();
  other.close();
  await rm(folder, { recursive: true, force: true });
});

const note = (text: string) =>
  inWriteTransaction(own, async (db) => void (await sql`insert into note values (${text})`.execute(db)));
const notes = () => other.prepare<[], string>('select text from note').pluck().all();

test('waits for another writer without holding up the process', async () => {
  other.exec('begin immediate');
  other.exec("insert into note values ('theirs')");
  const written = note('ours');
  let ticks = 0;
  for (let i = 0; i < 5; i++) {
    await sleep(1);
    ticks += 1;
  }
  expect({ ticks, notes: notes() }).toEqual({ ticks: 5, notes: ['theirs'] });
  other.exec('commit');
  await written;
  expect(notes()).toEqual(['theirs', 'ours']);
});

test('gives up after some seconds, and is not in the way afterwards', async () => {
  other.exec('begin immediate');
  vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(5_000);
  await expect(note('ours')).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
  other.exec('commit');
  await note('later');
  expect(notes()).toEqual(['later']);
});

test('is all or nothing', async () => {
  const failing = inWriteTransaction(own, async (db) => {
    await sql`insert into note values ('half')`.execute(db);
    throw new Error('a defect');
  });
  await expect(failing).rejects.toThrow('a defect');
  await note('whole');
  expect(notes()).toEqual(['whole']);
});

test('tells the cause where SQLite has rolled back by itself', async () => {
  other.exec(
    "create trigger refuse before insert on note when new.text = 'bad' begin select raise(rollback, 'refused'); end",
  );
  await expect(note('bad')).rejects.toThrow('refused');
  await note('good');
  expect(notes()).toEqual(['good']);
});
