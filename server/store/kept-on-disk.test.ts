import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createStore } from '#server/store/store.ts';
import { exampleBody, exampleFacts, exampleSample } from '#server/store/testing/examples.ts';
import { edit, opened } from '#server/store/testing/open-store.ts';

const DAY_MS = 86_400_000;
const fact = {
  id: 'fact-1',
  declaredBy: 'cli:alice',
  declaredAtMs: 1_000,
  note: '',
  claim: { kind: 'floor', taskQueue: 'q', patch: { kind: 'core', id: 'p' }, workflowType: null, call: 'patched' },
} as const;
const floor = { ...fact, claim: { ...fact.claim, version: null, sinceMs: 500 } } as const;
const answer = { key: 'k', askedBy: 'browser', atMs: 1_000, body: exampleBody() };

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchboard-kept-'));
  path = join(folder, 'store.db');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function writeOneOfEach(at: string): Promise<void> {
  const store = await createStore(at);
  await store.declareFact('n', floor);
  await store.rememberRuns('n', [{ runId: 'r', readMs: 1_000, facts: exampleFacts() }]);
  await store.saveAnswer('n', answer);
  await store.addSamples('n', [exampleSample()], 1_000);
  await store.close();
}

test('everything outlives a restart', async () => {
  await writeOneOfEach(path);
  await using store = await opened(path);
  expect(await store.listFacts('n')).toEqual([{ ...floor, withdrawn: null }]);
  expect((await store.recallRuns('n', ['r'])).get('r')?.facts).toEqual(exampleFacts());
  expect(await store.findAnswer('n', 'k')).toEqual(answer);
  expect(await store.listSamples('n', { kind: 'core', id: 'my-patch' }, 0)).toEqual([exampleSample()]);
});

test('a file of the first schema keeps what it has, and takes the new', async () => {
  const old = new Sqlite(path);
  for (const statement of FIRST_SCHEMA) old.exec(statement);
  old.close();
  await using store = await opened(path);
  expect(await store.listTaskQueues('n')).toEqual([{ name: 'orders', firstSeenMs: 1, lastSeenMs: 2 }]);
  expect(await store.listPatches('n')).toEqual([
    { kind: 'core', id: 'p', workflowTypes: ['Order'], firstSeenMs: 1, lastSeenMs: 2 },
  ]);
  expect(await store.listFacts('n')).toEqual([]);
  await store.declareFact('n', floor);
  expect(await store.listFacts('n')).toHaveLength(1);
});

test('processes that write together lose nothing, and one of them withdraws', { timeout: 60_000 }, async () => {
  const script = `
    import { createStore } from '#server/store/store.ts';
    const [path, name] = process.argv.slice(1);
    const store = await createStore(path);
    const claim = { kind: 'ids-name-one-code', taskQueue: null };
    for (let i = 0; i < 20; i++)
      await store.declareFact('n', { id: name + i, declaredBy: name, declaredAtMs: i, note: '', claim });
    await store.declareFact('n', { id: 'shared-' + name, declaredBy: name, declaredAtMs: 99, note: '', claim });
    let won = 0;
    for (let i = 0; i < 20; i++) if (await store.withdrawFact('n', 'mine' , name, i)) won += 1;
    console.log(won);
    await store.close();`;
  await writeOneOfEach(path);
  await using store = await opened(path);
  await store.declareFact('n', { ...floor, id: 'mine' });
  const run = promisify(execFile);
  const names = ['a', 'b', 'c'];
  const ended = await Promise.all(
    names.map((name) => run(process.execPath, ['--input-type=module', '-e', script, path, name])),
  );
  expect(ended.map(({ stdout }) => Number(stdout)).reduce((sum, won) => sum + won, 0)).toBe(1);
  expect(await store.listFacts('n')).toHaveLength(2 + names.length * 21);
});

describe('a file that somebody edited', () => {
  beforeEach(() => writeOneOfEach(path));

  test.each(['', 'not json', '{}', '{"kind":"floor"}', 'null'])(
    'a claim %j is never left out: it is said which one cannot be read',
    async (claim) => {
      edit(path, 'update fact set claim = ?', claim);
      await using store = await opened(path);
      await expect(store.listFacts('n')).rejects.toMatchObject({
        code: 'store-unavailable',
        message: expect.stringMatching(/fact-1.*"n".*cli:alice/s) as string,
      });
      expect(await store.listFacts('other')).toEqual([]);
    },
  );

  test.each(['', 'not json', '{}', '[]', 'null', JSON.stringify({ ...exampleFacts(), tasks: [{}] })])(
    'a run with facts %j is not remembered, and can be again',
    async (facts) => {
      edit(path, 'update run_facts set facts = ?', facts);
      await using store = await opened(path);
      expect((await store.recallRuns('n', ['r'])).size).toBe(0);
      await store.rememberRuns('n', [{ runId: 'r', readMs: 2_000, facts: exampleFacts() }]);
      expect((await store.recallRuns('n', ['r'])).size).toBe(1);
    },
  );

  test('a run that was remembered in another form is not remembered', async () => {
    edit(path, 'update run_facts set form = 99');
    await using store = await opened(path);
    expect((await store.recallRuns('n', ['r'])).size).toBe(0);
    await store.rememberRuns('n', [{ runId: 'r', readMs: 1_000, facts: exampleFacts() }]);
    expect((await store.recallRuns('n', ['r'])).size).toBe(1);
  });

  test.each(['', 'not json', '{}', '{"answer":"safe"}'])('an answer %j is none', async (body) => {
    edit(path, 'update answer set body = ?', body);
    await using store = await opened(path);
    expect(await store.findAnswer('n', 'k')).toBeNull();
    expect(await store.listAnswers('n', 0)).toEqual([]);
  });

  test.each(['', '{"1":"two"}', '{"1":-1}', '[1]'])('a sample with versions %j is a gap', async (versions) => {
    edit(path, 'update sample set versions = ?', versions);
    await using store = await opened(path);
    expect(await store.listSamples('n', { kind: 'core', id: 'my-patch' }, 0)).toEqual([]);
  });
});

test('what could not be read back is not written', async () => {
  await using store = await opened(path);
  const wrong = { ...fact, claim: { kind: 'types', patch: { kind: 'core', id: '' }, workflowTypes: [] } } as const;
  await expect(store.declareFact('n', wrong)).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(await store.listFacts('n')).toEqual([]);
});

test('the same id twice is refused: the first stays', async () => {
  await using store = await opened(path);
  await store.declareFact('n', floor);
  await expect(store.declareFact('n', { ...floor, note: 'second' })).rejects.toMatchObject({
    code: 'store-unavailable',
  });
  expect(await store.listFacts('n')).toEqual([{ ...floor, withdrawn: null }]);
});

test('samples and answers of all namespaces older than 90 days go', async () => {
  await using store = await opened(path);
  await store.addSamples('a', [exampleSample({ hourMs: 10 })], 10);
  await store.saveAnswer('a', { ...answer, atMs: 10 });
  await store.addSamples('b', [], 90 * DAY_MS + 10);
  await store.saveAnswer('b', { ...answer, atMs: 90 * DAY_MS + 10 });
  expect(await store.listSamples('a', exampleSample(), 0)).toHaveLength(1);
  expect(await store.findAnswer('a', 'k')).not.toBeNull();
  await store.addSamples('b', [], 90 * DAY_MS + 11);
  await store.saveAnswer('b', { ...answer, atMs: 90 * DAY_MS + 11 });
  expect(await store.listSamples('a', exampleSample(), 0)).toEqual([]);
  expect(await store.findAnswer('a', 'k')).toBeNull();
});

test('runs of all namespaces that were not read for 30 days go', async () => {
  await using store = await opened(path);
  const reading = (runId: string, readMs: number) => ({ runId, readMs, facts: exampleFacts() });
  await store.rememberRuns('a', [reading('old', 10)]);
  await store.rememberRuns('b', [reading('new', 30 * DAY_MS + 10), reading('older', 9)]);
  expect([...(await store.recallRuns('b', ['new', 'older'])).keys()]).toEqual(['new']);
  expect((await store.recallRuns('a', ['old'])).size).toBe(1);
  await store.rememberRuns('b', [reading('new', 30 * DAY_MS + 11)]);
  expect((await store.recallRuns('a', ['old'])).size).toBe(0);
});

test('takes and gives more runs than one statement can bind', { timeout: 30_000 }, async () => {
  await using store = await opened(':memory:');
  const runs = Array.from({ length: 10_000 }, (_, index) => ({ runId: `r${index}`, readMs: 1, facts: exampleFacts() }));
  await store.rememberRuns('n', runs);
  const ids = [...runs.map(({ runId }) => runId), ...Array.from({ length: 30_000 }, (_, index) => `absent${index}`)];
  expect((await store.recallRuns('n', ids)).size).toBe(10_000);
  const samples = Array.from({ length: 9_000 }, (_, index) => exampleSample({ workflowType: `W${index}` }));
  await store.addSamples('n', samples, 1);
  expect(await store.listSamples('n', exampleSample(), 0)).toHaveLength(9_000);
});

/** Taken from a file that the first version wrote. */
const FIRST_SCHEMA = [
  `create table "migration" ("id" integer primary key, "name" text not null, "applied_ms" bigint not null)`,
  `create table "task_queue" ("namespace" text not null, "name" text not null, "first_seen_ms" bigint not null,
     "last_seen_ms" bigint not null, constraint "task_queue_key" primary key ("namespace", "name"))`,
  `create table "patch" ("namespace" text not null, "kind" text not null, "id" text not null, "workflow_type" text not null,
     "first_seen_ms" bigint not null, "last_seen_ms" bigint not null,
     constraint "patch_key" primary key ("namespace", "kind", "id", "workflow_type"))`,
  `insert into migration values (1, 'remember-queues-and-patches', 1)`,
  `insert into task_queue values ('n', 'orders', 1, 2)`,
  `insert into patch values ('n', 'core', 'p', 'Order', 1, 2)`,
];
