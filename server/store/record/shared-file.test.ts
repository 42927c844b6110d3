import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Kysely, SqliteDialect } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '#server/store/open-database.ts';
import { createRecordStore } from '#server/store/record/record-store.ts';
import { verifyRecord } from '#server/store/record/verify-record.ts';
import { guardedBy } from '#server/store/store-error.ts';
import type { Tables } from '#server/store/tables.ts';
import { edit, opened } from '#server/store/testing/open-store.ts';
import { exampleEntry, exampleIntent, writeEntries } from '#server/store/testing/record-entries.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchboard-record-'));
  path = join(folder, 'store.db');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const claim = { owner: 'one', untilMs: 100 };

test('everything outlives a restart', async () => {
  {
    await using store = await opened(path);
    await store.record.begin(exampleIntent('a'), claim);
    await store.record.takeQueue('a', 'one', { nowMs: 0, untilMs: 200 });
    await store.record.savePlan('n', { id: 'p', expiresMs: 1, body: '{}' });
    const seen = { sets: '[]', seenMs: 1 };
    await store.record.observe({ namespace: 'n', taskQueue: 'other', readFromMs: 1 }, async () => ({
      seen,
      entry: null,
    }));
  }
  await using store = await opened(path);
  expect(await store.record.entriesOf('n', 'a')).toEqual([{ ...exampleIntent('a'), number: 1 }]);
  expect(await store.record.mayStillWrite('a', 'one', { nowMs: 199, untilMs: 300 })).toBe(true);
  expect(await store.record.findPlan('n', 'p')).toBe('{}');
  expect(await store.record.listSeen('n')).toEqual([{ taskQueue: 'other', sets: '[]', seenMs: 1 }]);
  await store.record.append({ entry: exampleEntry({ changeId: 'a' }) }, () => true);
  expect(await verifyRecord(path)).toMatchObject({ entries: 2, problemCount: 0 });
});

test('a claim that an earlier version left may have been sent', async () => {
  {
    await using store = await opened(path);
    await store.record.begin(exampleIntent('a'), claim);
  }
  edit(path, 'alter table change_claim drop column may_be_sent');
  edit(path, "delete from migration where name = 'mark-sent-changes'");
  await using store = await opened(path);
  expect(await store.record.takeOver('two', { nowMs: 100, untilMs: 200 })).toMatchObject([{ mayBeSent: true }]);
});

describe('two connections on one file at the same time', () => {
  test('one intent of a key is new, and the chain has one end', async () => {
    await using one = await opened(path);
    await using two = await opened(path);
    for (let round = 0; round < 20; round++) {
      const begun = await Promise.all(
        [one, two].map(({ record }, index) =>
          record.begin(exampleIntent(`${round}-${index}`, { idempotencyKey: `${round}` }), claim),
        ),
      );
      expect(begun.filter(({ isNew }) => isNew)).toHaveLength(1);
    }
    expect(await verifyRecord(path)).toMatchObject({ entries: 20, problemCount: 0 });
  });

  test('one change takes the queue, and each claim is taken over once', async () => {
    await using one = await opened(path);
    await using two = await opened(path);
    for (let round = 0; round < 20; round++) {
      const ids = ['a', 'b'].map((name) => `${round}-${name}`);
      for (const id of ids) await one.record.begin(exampleIntent(id, { taskQueue: `${round}` }), claim);
      const taken = await Promise.all(
        [one, two].map(({ record }, index) => record.takeQueue(ids[index] ?? '', 'one', { nowMs: 0, untilMs: 100 })),
      );
      expect(new Set(taken)).toEqual(new Set(['busy', 'taken']));
      const over = await Promise.all(
        [one, two].map(({ record }, index) => record.takeOver(`owner ${index}`, { nowMs: 100, untilMs: 1_000 })),
      );
      expect(
        over
          .flat()
          .map(({ changeId }) => changeId)
          .toSorted(),
      ).toEqual(ids);
    }
  });
});

test(
  'processes that append together leave one whole chain, and each key has one change',
  { timeout: 60_000 },
  async () => {
    const script = `
    import { createStore } from '#server/store/store.ts';
    const [path, name] = process.argv.slice(1);
    const { record, close } = await createStore(path);
    const shared = { namespace: 'n', taskQueue: 'q', atMs: 1, body: '{}' };
    let won = 0;
    for (let i = 0; i < 30; i++) {
      const intent = { ...shared, kind: 'intent', changeId: name + i, idempotencyKey: 'shared-' + i };
      if (!(await record.begin(intent, { owner: name, untilMs: 9 })).isNew) continue;
      won += 1;
      await record.append({ entry: { ...intent, kind: 'outcome', idempotencyKey: null } }, () => true);
    }
    console.log(won);
    await close();`;
    const run = promisify(execFile);
    const ended = await Promise.all(
      ['a', 'b', 'c'].map((name) => run(process.execPath, ['--input-type=module', '-e', script, path, name])),
    );
    expect(ended.map(({ stdout }) => Number(stdout)).reduce((sum, won) => sum + won, 0)).toBe(30);
    expect(await verifyRecord(path)).toMatchObject({ entries: 60, problemCount: 0 });
  },
);

test('a full disk takes no intent and keeps no claim; with space again the same key is new', async () => {
  await writeEntries(path, [exampleIntent('first')]);
  const database = await openDatabase(path);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  const record = createRecordStore(db, guardedBy(path));
  const pages = Number(database.pragma('page_count', { simple: true }));
  const large = exampleIntent('large', { body: 'x'.repeat(1_000_000) });
  const full = { code: 'store-unavailable', message: expect.stringContaining('the disk is full') as string };
  try {
    for (const free of [0, 1, 3, 100]) {
      database.pragma(`max_page_count = ${pages + free}`);
      await expect(record.begin(large, claim)).rejects.toMatchObject(full);
      expect(database.inTransaction).toBe(false);
    }
    expect(await record.findByKey('n', 'large')).toBeNull();
    expect(await record.takeOver('two', { nowMs: 1_000, untilMs: 2_000 })).toEqual([]);
    expect(await verifyRecord(path)).toMatchObject({ entries: 1, problemCount: 0 });
    database.pragma(`max_page_count = ${pages + 10_000}`);
    expect(await record.begin(large, claim)).toEqual({ isNew: true });
    expect(await verifyRecord(path)).toMatchObject({ entries: 2, problemCount: 0 });
  } finally {
    await db.destroy();
  }
});

describe('a record that somebody edited', () => {
  const begin = async (id: string) => {
    await using store = await opened(path);
    return await store.record.begin(exampleIntent(id), claim).catch((error: unknown) => error);
  };

  test('takes nothing more when its end was set back: nothing is written over', async () => {
    for (const id of ['a', 'b']) await begin(id);
    edit(path, 'update record_head set number = 1, hash = (select hash from record where number = 1)');
    expect(await begin('c')).toMatchObject({
      code: 'store-unavailable',
      hint: expect.stringContaining('record verify') as string,
    });
    expect(await verifyRecord(path)).toMatchObject({ entries: 2, problems: [{ what: 'end-differs', number: 2 }] });
  });

  test('takes nothing more when nothing says where it ends', async () => {
    await begin('a');
    edit(path, 'delete from record_head');
    expect(await begin('b')).toMatchObject({
      code: 'store-unavailable',
      hint: expect.stringContaining('record verify') as string,
    });
  });

  test('goes on after its last entry was deleted, and shows the gap for good', async () => {
    for (const id of ['a', 'b']) await begin(id);
    edit(path, 'drop trigger record_not_deleted');
    edit(path, 'delete from record where number = 2');
    expect(await begin('c')).toEqual({ isNew: true });
    expect(await verifyRecord(path)).toMatchObject({ problems: [{ what: 'missing', number: 2 }] });
  });

  test('an entry of an unknown kind is never taken for one of ours', async () => {
    await begin('a');
    edit(path, 'drop trigger record_not_updated');
    edit(path, "update record set kind = 'other'");
    await using store = await opened(path);
    await expect(store.record.entriesOf('n', 'a')).rejects.toMatchObject({ code: 'store-unavailable' });
  });
});
