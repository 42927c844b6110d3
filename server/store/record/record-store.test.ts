import { beforeEach, describe, expect, test } from 'vitest';
import type { NewRecordEntry, RecordEntry, RecordStore, SeenSets } from '#server/store/record/port.ts';
import { createStore } from '#server/store/store.ts';
import { createMemoryStore } from '#server/store/testing/memory-store.ts';
import { exampleEntry, exampleIntent } from '#server/store/testing/record-entries.ts';

const always = () => true;
const claim = { owner: 'one', untilMs: 100 };
const numbersOf = (entries: readonly RecordEntry[]) => entries.map(({ number }) => number);

// The store of tests opens the real record: what is wired there is asked, too.
describe.each([
  ['SQLite', async () => (await createStore(':memory:')).record],
  ['the store of tests', async () => createMemoryStore().record],
])('the record of %s', (_, open) => {
  let record: RecordStore;
  beforeEach(async () => {
    record = await open();
  });
  const begin = (id: string, over: Partial<NewRecordEntry> = {}, by = claim) =>
    record.begin(exampleIntent(id, over), by);

  test('numbers entries over all namespaces and gives them back as they came', async () => {
    await begin('a');
    await begin('b', { namespace: 'other' });
    const outcome = exampleEntry({ changeId: 'a', atMs: 2_000 });
    expect(numbersOf(await record.append({ entry: outcome }, always))).toEqual([1, 3]);
    expect(await record.entriesOf('n', 'a')).toEqual([
      { ...exampleIntent('a'), number: 1 },
      { ...outcome, number: 3 },
    ]);
    expect(await record.entriesOf('other', 'a')).toEqual([]);
    expect(await record.entriesOf('n', 'b')).toEqual([]);
  });

  test('takes one intent for a key in a namespace, and finds it', async () => {
    expect(await begin('a', { idempotencyKey: 'k' })).toEqual({ isNew: true });
    expect(await begin('b', { idempotencyKey: 'k' })).toEqual({ isNew: false, changeId: 'a' });
    expect(await begin('c', { idempotencyKey: 'k', namespace: 'other' })).toEqual({ isNew: true });
    expect(await record.findByKey('n', 'k')).toBe('a');
    expect(await record.findByKey('other', 'k')).toBe('c');
    expect(await record.findByKey('n', 'absent')).toBeNull();
    expect(await record.entriesOf('n', 'b')).toEqual([]);
    expect(await record.takeQueue('b', 'one', { nowMs: 0, untilMs: 100 })).toBe('lost');
  });

  test('asks with the entries so far whether one may follow; where it may not, nothing is done', async () => {
    await begin('a');
    const asked: number[][] = [];
    const once = (entries: readonly RecordEntry[]) => {
      asked.push([...numbersOf(entries)]);
      return entries.length < 2;
    };
    const end = { entry: exampleEntry({ changeId: 'a' }), release: 'claim', seen: { sets: '[]', seenMs: 5 } } as const;
    expect(numbersOf(await record.append({ entry: end.entry }, once))).toEqual([1, 2]);
    expect(numbersOf(await record.append(end, once))).toEqual([1, 2]);
    expect(asked).toEqual([[1], [1, 2]]);
    expect(await record.listSeen('n')).toEqual([]);
    expect(await record.takeQueue('a', 'one', { nowMs: 0, untilMs: 100 })).toBe('taken');
  });

  test('a judge that throws leaves nothing behind, and the next one is asked', async () => {
    const failing = () => {
      throw new Error('a defect');
    };
    await expect(record.append({ entry: exampleEntry() }, failing)).rejects.toMatchObject({
      code: 'store-unavailable',
    });
    expect(numbersOf(await record.append({ entry: exampleEntry() }, always))).toEqual([1]);
  });

  test('lists groups, newest first by their first entry, in pages, per namespace and queue', async () => {
    await begin('a');
    await begin('b', { taskQueue: 'other' });
    await record.append({ entry: exampleEntry({ kind: 'outside', changeId: 'o' }) }, always);
    await begin('x', { namespace: 'other' });
    await record.append({ entry: exampleEntry({ changeId: 'a' }) }, always);
    const list = async (page: Parameters<RecordStore['list']>[1]) => (await record.list('n', page)).map(numbersOf);
    expect(await list({ limit: 10 })).toEqual([[3], [2], [1, 5]]);
    expect(await list({ limit: 2 })).toEqual([[3], [2]]);
    expect(await list({ limit: 2, beforeNumber: 2 })).toEqual([[1, 5]]);
    expect(await list({ limit: 10, taskQueue: 'q' })).toEqual([[3], [1, 5]]);
    expect(await list({ limit: 1, taskQueue: 'q', beforeNumber: 3 })).toEqual([[1, 5]]);
    expect(await list({ limit: 10, beforeNumber: 1 })).toEqual([]);
    expect(await list({ limit: 0 })).toEqual([]);
  });

  describe('claims', () => {
    const times = { nowMs: 50, untilMs: 150 };

    test('let one change of a queue have it, until it is released', async () => {
      for (const id of ['a', 'b']) await begin(id);
      await begin('elsewhere', { namespace: 'other' });
      expect(await record.takeQueue('a', 'one', times)).toBe('taken');
      expect(await record.takeQueue('a', 'one', times)).toBe('taken');
      expect(await record.takeQueue('b', 'one', times)).toBe('busy');
      expect(await record.takeQueue('elsewhere', 'one', times)).toBe('taken');
      expect(await record.takeQueue('a', 'two', times)).toBe('lost');
      await record.append({ entry: exampleEntry({ changeId: 'a' }), release: 'queue' }, always);
      expect(await record.takeQueue('b', 'one', times)).toBe('taken');
      expect(await record.takeQueue('a', 'one', times)).toBe('busy');
      await record.append({ entry: exampleEntry({ changeId: 'b' }), release: 'claim' }, always);
      expect(await record.takeQueue('b', 'one', times)).toBe('lost');
      expect(await record.takeQueue('a', 'one', times)).toBe('taken');
    });

    test('that ran out still hold the queue: the write may land yet', async () => {
      for (const id of ['a', 'b']) await begin(id);
      await record.takeQueue('a', 'one', times);
      expect(await record.takeQueue('b', 'one', { nowMs: 1_000, untilMs: 1_100 })).toBe('busy');
    });

    test('allow a write while they are held, not run out, and have the queue; asking lengthens them', async () => {
      await begin('a');
      const may = (nowMs: number, owner = 'one') => record.mayStillWrite('a', owner, { nowMs, untilMs: nowMs + 100 });
      expect(await may(50)).toBe(false);
      await record.takeQueue('a', 'one', times);
      expect(await may(149)).toBe(true);
      expect(await may(248)).toBe(true);
      expect(await may(300, 'two')).toBe(false);
      expect(await may(348)).toBe(false);
      expect(await record.mayStillWrite('absent', 'one', times)).toBe(false);
    });

    test('are renewed for the changes named, of their owner', async () => {
      for (const id of ['a', 'b']) await begin(id);
      await begin('c', {}, { owner: 'two', untilMs: 100 });
      await record.renewClaims('one', ['a', 'c'], 500);
      await record.renewClaims('one', [], 500);
      const taken = await record.takeOver('three', { nowMs: 499, untilMs: 999 });
      expect(taken.map(({ changeId }) => changeId)).toEqual(['b', 'c']);
      await record.renewClaims('one', ['b'], 5_000);
      expect(await record.takeOver('four', { nowMs: 1_000, untilMs: 2_000 })).toHaveLength(3);
    });

    test('are taken over once they have run out, and tell for good until when the first owner may have sent', async () => {
      await begin('a');
      await record.takeQueue('a', 'one', { nowMs: 50, untilMs: 100 });
      expect(await record.takeOver('two', { nowMs: 99, untilMs: 200 })).toEqual([]);
      const name = { changeId: 'a', namespace: 'n', taskQueue: 'q' };
      const taken = { ...name, owner: 'two', untilMs: 200, orphanedMs: 100, mayBeSent: false };
      expect(await record.takeOver('two', { nowMs: 100, untilMs: 200 })).toEqual([taken]);
      expect(await record.takeOver('three', { nowMs: 100, untilMs: 200 })).toEqual([]);
      expect(await record.takeOver('three', { nowMs: 200, untilMs: 300 })).toEqual([
        { ...taken, owner: 'three', untilMs: 300 },
      ]);
      expect(await record.takeQueue('a', 'one', times)).toBe('lost');
      expect(await record.takeQueue('a', 'three', times)).toBe('taken');
    });

    test('tell for good that the write may have been sent, from the moment it was allowed', async () => {
      for (const id of ['a', 'b']) await begin(id);
      await record.takeQueue('a', 'one', { nowMs: 50, untilMs: 100 });
      expect(await record.mayStillWrite('a', 'one', { nowMs: 60, untilMs: 100 })).toBe(true);
      expect(await record.mayStillWrite('b', 'one', { nowMs: 60, untilMs: 100 })).toBe(false);
      for (const nowMs of [100, 200]) {
        const claims = await record.takeOver('two', { nowMs, untilMs: nowMs + 100 });
        expect(claims.map(({ changeId, mayBeSent }) => [changeId, mayBeSent])).toEqual([
          ['a', true],
          ['b', false],
        ]);
      }
    });

    test('that were taken over allow no write any more, to no owner', async () => {
      await begin('a');
      await record.takeQueue('a', 'one', { nowMs: 50, untilMs: 100 });
      await record.takeOver('one', { nowMs: 100, untilMs: 200 });
      expect(await record.takeQueue('a', 'one', { nowMs: 100, untilMs: 200 })).toBe('taken');
      expect(await record.mayStillWrite('a', 'one', { nowMs: 150, untilMs: 300 })).toBe(false);
    });
  });

  describe('observations', () => {
    const queue = { namespace: 'n', taskQueue: 'q' };
    const seen = (seenMs: number, sets = '["a"]'): SeenSets => ({ sets, seenMs });
    const observe = async (readFromMs: number, observed: { seen: SeenSets | null; entry: NewRecordEntry | null }) => {
      const asked: unknown[] = [];
      await record.observe({ ...queue, readFromMs }, async (before, newest) => {
        asked.push([before, numbersOf((await newest()).entries)]);
        return observed;
      });
      return asked;
    };
    const nothing = { seen: null, entry: null };

    test('are compared with the newest state, and keep what the judge says', async () => {
      expect(await observe(10, { seen: seen(10), entry: null })).toEqual([[null, []]]);
      expect(await observe(20, nothing)).toEqual([[seen(10), []]]);
      const entry = exampleEntry({ kind: 'outside', changeId: 'o' });
      expect(await observe(30, { seen: seen(30, '["b"]'), entry })).toEqual([[seen(10), []]]);
      expect(await observe(40, nothing)).toEqual([[seen(30, '["b"]'), [1]]]);
      expect(await record.listSeen('n')).toEqual([{ taskQueue: 'q', ...seen(30, '["b"]') }]);
      expect(await record.listSeen('other')).toEqual([]);
    });

    test('that did not begin after the newest state was seen say nothing', async () => {
      await observe(10, { seen: seen(10), entry: null });
      expect(await observe(9, { seen: seen(9), entry: exampleEntry() })).toEqual([]);
      expect(await observe(10, { seen: seen(9), entry: exampleEntry() })).toEqual([]);
      expect(await record.listSeen('n')).toEqual([{ taskQueue: 'q', ...seen(10) }]);
      expect(await record.entriesOf('n', 'c')).toEqual([]);
    });

    test('say nothing while a change holds the queue; then they get its entries', async () => {
      await begin('a');
      expect(await observe(10, nothing)).toEqual([[null, [1]]]);
      await record.takeQueue('a', 'one', { nowMs: 50, untilMs: 100 });
      expect(await observe(20, { seen: seen(20), entry: exampleEntry() })).toEqual([]);
      await begin('elsewhere', { taskQueue: 'other' });
      const end = { entry: exampleEntry({ changeId: 'a' }), release: 'claim', seen: seen(30, '["b"]') } as const;
      await record.append(end, always);
      expect(await observe(30, nothing)).toEqual([]);
      expect(await observe(31, nothing)).toEqual([[seen(30, '["b"]'), [1, 3]]]);
    });
  });

  describe('plans', () => {
    const plan = (id: string, expiresMs: number) => ({ id, expiresMs, body: `{"id":"${id}"}` });
    const HOUR_MS = 3_600_000;

    test('are found in their namespace, expired ones for an hour', async () => {
      await record.savePlan('n', plan('old', 1_000));
      await record.savePlan('other', plan('new', 1_000 + HOUR_MS));
      expect(await record.findPlan('n', 'old')).toBe('{"id":"old"}');
      expect(await record.findPlan('other', 'old')).toBeNull();
      await record.savePlan('other', plan('newer', 1_001 + HOUR_MS));
      expect(await record.findPlan('n', 'old')).toBeNull();
      expect(await record.findPlan('other', 'new')).not.toBeNull();
    });

    test('are kept five hundred at most, the newest ones', async () => {
      for (let i = 0; i < 502; i++) await record.savePlan('n', plan(`${i}`, 1_000 + i));
      expect(await record.findPlan('n', '1')).toBeNull();
      expect(await record.findPlan('n', '2')).not.toBeNull();
      for (let i = 502; i < 504; i++) await record.savePlan('n', plan(`${i}`, 1_501));
      expect(await record.findPlan('n', '503')).not.toBeNull();
      expect(await record.findPlan('n', '3')).toBeNull();
      expect(await record.findPlan('n', '4')).not.toBeNull();
    });
  });
});
