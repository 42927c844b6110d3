import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assertVersion } from '#server/store/open-database.ts';
import { LAST_SEEN_STEP_MS } from '#server/store/seen.ts';
import { createStore } from '#server/store/store.ts';
import { HOSTILE } from '#server/store/testing/examples.ts';
import { edit, opened } from '#server/store/testing/open-store.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchboard-store-'));
  path = join(folder, 'new', 'folder', 'store.db');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('what was seen', () => {
  test('outlives a restart, per namespace, with first and last time', async () => {
    const first = await createStore(path);
    await first.rememberTaskQueues('shop', ['orders', 'mail'], 1_000);
    await first.rememberPatches('shop', [{ kind: 'core', id: 'p', workflowType: 'Order' }], 1_000);
    await first.close();

    const later = 1_000 + LAST_SEEN_STEP_MS;
    const second = await createStore(path);
    await second.rememberTaskQueues('shop', ['orders'], later);
    await second.rememberPatches('shop', [{ kind: 'core', id: 'p', workflowType: 'Refund' }], later);
    expect(await second.listTaskQueues('shop')).toEqual([
      { name: 'mail', firstSeenMs: 1_000, lastSeenMs: 1_000 },
      { name: 'orders', firstSeenMs: 1_000, lastSeenMs: later },
    ]);
    expect(await second.listPatches('shop')).toEqual([
      { kind: 'core', id: 'p', workflowTypes: ['Order', 'Refund'], firstSeenMs: 1_000, lastSeenMs: later },
    ]);
    expect(await second.listTaskQueues('other')).toEqual([]);
    await second.close();
  });

  test('is written at most once a minute per name, a new name at once', async () => {
    await using store = await opened(path);
    await store.rememberTaskQueues('n', ['a'], 0);
    await store.rememberTaskQueues('n', ['a', 'b'], LAST_SEEN_STEP_MS - 1);
    expect(await store.listTaskQueues('n')).toEqual([
      { name: 'a', firstSeenMs: 0, lastSeenMs: 0 },
      { name: 'b', firstSeenMs: LAST_SEEN_STEP_MS - 1, lastSeenMs: LAST_SEEN_STEP_MS - 1 },
    ]);
    await store.rememberTaskQueues('n', ['a'], LAST_SEEN_STEP_MS);
    expect((await store.listTaskQueues('n'))[0]?.lastSeenMs).toBe(LAST_SEEN_STEP_MS);
  });

  test('keeps the same id of both kinds apart', async () => {
    await using store = await opened(path);
    const both = (['core', 'version'] as const).map((kind) => ({ kind, id: 'same', workflowType: 'W' }));
    await store.rememberPatches('n', both, 5);
    expect((await store.listPatches('n')).map((patch) => patch.kind)).toEqual(['core', 'version']);
  });

  test('takes more names than one statement can bind, and none', async () => {
    await using store = await opened(path);
    await store.rememberTaskQueues('n', [], 1);
    const names = Array.from({ length: 9_000 }, (_, index) => `queue-${index}`);
    await store.rememberTaskQueues('n', names, 1);
    expect((await store.listTaskQueues('n')).length).toBe(9_000);
  });

  test('gives every name back as it came', { timeout: 30_000 }, async () => {
    await using store = await opened(':memory:');
    let namespace = 0;
    const name = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', minLength: 1 }));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1 }), async (names) => {
        const own = `n${namespace++}`;
        await store.rememberTaskQueues(own, names, 1);
        await store.rememberPatches(
          own,
          names.map((id) => ({ kind: 'version', id, workflowType: id })),
          1,
        );
        const wanted = new Set(names);
        expect(new Set((await store.listTaskQueues(own)).map((queue) => queue.name))).toEqual(wanted);
        const patches = await store.listPatches(own);
        expect(new Set(patches.map((patch) => patch.id))).toEqual(wanted);
        expect(patches.every((patch) => patch.workflowTypes[0] === patch.id)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('durability', () => {
  test('the file is in write-ahead mode and two open stores see each other', async () => {
    await using one = await opened(path);
    await using two = await opened(path);
    await one.rememberTaskQueues('n', ['from-one'], 1);
    await two.rememberTaskQueues('n', ['from-two'], 1);
    expect((await one.listTaskQueues('n')).map((queue) => queue.name)).toEqual(['from-one', 'from-two']);
    expect((await stat(`${path}-wal`)).size).toBeGreaterThan(0);
  });

  test('processes that start together on a new file all write', { timeout: 60_000 }, async () => {
    const script = `
      import { createStore } from '#server/store/store.ts';
import { HOSTILE } from '#server/store/testing/examples.ts';
import { edit, opened } from '#server/store/testing/open-store.ts';

      const store = await createStore(process.argv[1]);
      for (let i = 0; i < 20; i++) await store.rememberTaskQueues('n', [process.argv[2] + '-' + i], i);
      await store.close();`;
    const run = promisify(execFile);
    const names = ['a', 'b', 'c'];
    await Promise.all(names.map((name) => run(process.execPath, ['--input-type=module', '-e', script, path, name])));
    await using store = await opened(path);
    expect((await store.listTaskQueues('n')).length).toBe(names.length * 20);
  });
});

describe('a store that cannot be used says why and what to do', () => {
  const refused = (at: string) =>
    createStore(at).then(
      async (store) => {
        await store.close();
        throw new Error('the store opened');
      },
      (error: unknown) => error,
    );

  test('the folder is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await refused(join(folder, 'file', 'store.db'))).toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining(join(folder, 'file')) as string,
      hint: expect.stringContaining('PATCHBOARD_DATABASE_URL') as string,
    });
  });

  test('the path is a folder', async () => {
    expect(await refused(folder)).toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('cannot be opened') as string,
    });
  });

  test('the file is not a database, or is damaged', async () => {
    const other = join(folder, 'notes.txt');
    await writeFile(other, 'not a database, but long enough to have a header of one hundred bytes. '.repeat(9));
    expect(await refused(other)).toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('damaged') as string,
    });

    const damaged = join(folder, 'damaged.db');
    const store = await createStore(damaged);
    const names = Array.from({ length: 3_000 }, (_, index) => `queue-${index}`);
    await store.rememberTaskQueues('n', names, 1);
    await store.close();
    await overwriteMiddle(damaged);
    expect(await refused(damaged)).toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('damaged') as string,
    });
  });

  test('a newer Patchboard wrote it; it stays as it was', async () => {
    await (await createStore(path)).close();
    edit(path, "insert into migration values (99, 'from the future', 1)");
    expect(await refused(path)).toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('schema 99') as string,
    });
    expect(edit(path, 'delete from migration where id = 99')).toBe(1);
    await (await createStore(path)).close();
  });

  test('another program owns the file; nothing is added to it', async () => {
    const foreign = join(folder, 'foreign.db');
    edit(foreign, 'create table bookmarks (url text)');
    expect(await refused(foreign)).toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('another program') as string,
    });
    edit(foreign, 'drop table bookmarks');
  });

  test('it was closed', async () => {
    const store = await createStore(path);
    await store.close();
    await expect(store.listTaskQueues('n')).rejects.toMatchObject({ code: 'store-unavailable' });
  });
});

test('SQLite with the WAL-reset defect is refused', () => {
  expect(() => assertVersion('3.51.2')).toThrow('3.51.2 is too old');
  for (const version of ['3.51.3', '3.52.0', '4.0']) expect(() => assertVersion(version)).not.toThrow();
});

/** Damages the pages after the header and the schema, so that only a check of the whole file finds it. */
async function overwriteMiddle(at: string): Promise<void> {
  const { size } = await stat(at);
  const { open } = await import('node:fs/promises');
  const file = await open(at, 'r+');
  await file.write(Buffer.alloc(size / 2, 0xa5), 0, size / 2, size / 4);
  await file.close();
}
