import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangeDetail, ChangePlan } from '#lib/api/changes/schemas.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import type { RecordStore } from '#server/store/record/port.ts';
import { createMemoryStore } from '#server/store/testing/memory-store.ts';
import type { ChangeEnd } from '#server/usecases/changes/entries.ts';
import { type ChangeLedger, createLedger } from '#server/usecases/changes/ledger.ts';

const namespace = 'ns';
const CLAIMS = { claimMs: 1_000, renewMs: 1_000_000, sweepMs: 5, queuePollMs: 1 };
const never = new AbortController().signal;
const sets = (...lists: string[][]): VersionSets => ({ sets: lists.map((buildIds) => ({ buildIds })) });

let record: RecordStore;
let nowMs: number;
/** A process on the one store: its ledger knows its own claims only. */
const process = (): ChangeLedger => createLedger(record, { now: () => nowMs, timing: CLAIMS });
let ledger: ChangeLedger;

beforeEach(() => {
  ({ record } = createMemoryStore());
  nowMs = Date.UTC(2026, 0, 1);
  ledger = process();
});

function plan(over: Partial<ChangePlan> = {}): ChangePlan {
  return {
    id: 'p',
    taskQueue: 'q',
    operation: { kind: 'promote-set', buildId: 'a' },
    reason: 'because',
    digest: 'v1:',
    before: [{ buildIds: ['a'] }, { buildIds: ['b'] }],
    after: [{ buildIds: ['b'] }, { buildIds: ['a'] }],
    notes: [],
    isAlreadySo: false,
    limits: [],
    undo: { kind: 'none', why: 'no-change' },
    mustConfirm: null,
    undoOf: null,
    reachability: null,
    answers: [],
    expiresAt: '2026-01-01T00:05:00.000Z',
    ...over,
  };
}

async function begun(by: ChangeLedger, id: string, over: Partial<ChangePlan> = {}): Promise<ChangeDetail> {
  return (await by.begin({ id, namespace, plan: plan(over), actor: 'alice' }, id)).change;
}

const verified: ChangeEnd = {
  outcome: 'verified',
  message: 'read back',
  after: [{ buildIds: ['b'] }, { buildIds: ['a'] }],
};
const outcomeOf = async (id: string) => (await ledger.find(namespace, id))?.outcome;

describe('the ledger over the record', () => {
  it('tells a change from its entries: intent, outcome, take-up', async () => {
    const change = await begun(ledger, 'c');
    expect(change).toMatchObject({
      outcome: null,
      actor: 'alice',
      reason: 'because',
      takenUp: { is: null, buildId: 'a' },
    });
    nowMs += 500;
    const ended = await ledger.end(change, verified, sets(['b'], ['a']));
    expect(ended).toMatchObject({ outcome: 'verified', stored: { is: true, at: '2026-01-01T00:00:00.500Z' } });
    await ledger.recordTakeUp(ended, { is: true, at: '2026-01-01T00:00:01.000Z' });
    expect(await ledger.find(namespace, 'c')).toMatchObject({ takenUp: { is: true, buildId: 'a' }, plan: { id: 'p' } });
  });

  it('keeps one outcome; only what was unconfirmed may be known better later', async () => {
    const change = await begun(ledger, 'c');
    await ledger.end(change, { outcome: 'not-applied', message: '', after: null }, null);
    expect(await ledger.end(change, verified, null)).toMatchObject({ outcome: 'not-applied' });
    const other = await begun(ledger, 'd');
    await ledger.end(other, { outcome: 'unconfirmed', message: '', after: null }, null);
    expect(await ledger.end(other, verified, null)).toMatchObject({ outcome: 'verified' });
  });

  it('pages newest first, by queue where wanted, without a neighbour namespace', async () => {
    for (const id of ['1', '2', '3']) await begun(ledger, id, { taskQueue: id === '2' ? 'other' : 'q' });
    await ledger.begin({ id: '4', namespace: 'elsewhere', plan: plan(), actor: 'bob' }, '4');
    const first = await ledger.list(namespace, { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(['3', '2']);
    const second = await ledger.list(namespace, { limit: 2, before: first.nextBefore ?? 0 });
    expect(second).toMatchObject({ items: [{ id: '1' }], nextBefore: null });
    expect((await ledger.list(namespace, { limit: 9, taskQueue: 'q' })).items.map(({ id }) => id)).toEqual(['3', '1']);
    expect(await ledger.find(namespace, '4')).toBeNull();
  });

  it('knows a key per namespace, from any process', async () => {
    const first = await begun(ledger, 'k');
    const again = await process().begin({ id: 'other', namespace, plan: plan(), actor: 'bob' }, 'k');
    expect(again).toMatchObject({ isNew: false, change: { id: first.id, actor: 'alice' } });
    expect(await ledger.begin({ id: 'x', namespace: 'elsewhere', plan: plan(), actor: 'bob' }, 'k')).toMatchObject({
      isNew: true,
    });
  });
});

describe('claims', () => {
  it('give a queue to one change at a time, whichever process works at it', async () => {
    const other = process();
    const [mine, theirs] = [await begun(ledger, 'mine'), await begun(other, 'theirs')];
    expect(await ledger.takeQueue(mine, never)).toBe('taken');
    const waiting = other.takeQueue(theirs, never);
    await ledger.end(mine, { outcome: 'conflict', message: '', after: null }, null);
    expect(await waiting).toBe('taken');
  });

  it('end a waiting when the process stops', async () => {
    const [first, second] = [await begun(ledger, '1'), await begun(ledger, '2')];
    await ledger.takeQueue(first, never);
    expect(await ledger.takeQueue(second, AbortSignal.timeout(5))).toBe('aborted');
  });

  it('that ran out are taken over by one process; the former owner may not write any more', async () => {
    const change = await begun(ledger, 'c');
    await ledger.takeQueue(change, never);
    expect(await ledger.mayStillWrite(change)).toBe(true);
    const [one, two] = [process(), process()];
    expect(await one.takeOver()).toEqual([]);
    nowMs += CLAIMS.claimMs + 1;
    const claims = [...(await one.takeOver()), ...(await two.takeOver())];
    expect(claims).toMatchObject([{ changeId: 'c', orphanedMs: nowMs - 1 }]);
    expect(await ledger.mayStillWrite(change)).toBe(false);
    expect(await outcomeOf('c')).toBeNull();
  });

  it('are free at once when a process stops in order', async () => {
    await begun(ledger, 'c');
    await ledger.stop();
    nowMs += 1;
    expect(await process().takeOver()).toMatchObject([{ changeId: 'c' }]);
  });
});

describe('readings', () => {
  const noticed = async (read: VersionSets, readFromMs = nowMs) =>
    ledger.noticeReading({ namespace, taskQueue: 'q', sets: read, readFromMs });
  const items = async () => (await ledger.list(namespace, { limit: 10 })).items;

  it('that differ without a change of ours are recorded as changed outside, between two readings', async () => {
    await noticed(sets(['a'], ['b']));
    nowMs += 60_000;
    await noticed(sets(['a'], ['b']));
    nowMs += 60_000;
    await noticed(sets(['a'], ['b'], ['c']));
    await noticed(sets(['a'], ['b'], ['c']));
    expect(await items()).toMatchObject([
      {
        kind: 'outside',
        from: '2026-01-01T00:01:00.000Z',
        to: '2026-01-01T00:02:00.000Z',
        before: [{ buildIds: ['a'] }, { buildIds: ['b'] }],
        after: [{ buildIds: ['a'] }, { buildIds: ['b'] }, { buildIds: ['c'] }],
      },
    ]);
  });

  it('that were changed outside are found by their id, as the list has them, and are no change', async () => {
    await noticed(sets(['a']));
    nowMs += 60_000;
    await noticed(sets(['b']));
    const [outside] = await items();
    const id = outside?.id ?? '';
    expect(await ledger.findItem(namespace, id)).toEqual(outside);
    expect(await ledger.find(namespace, id)).toBeNull();
    expect(await ledger.findItem('another namespace', id)).toBeNull();
  });

  it('during and after a change of ours are explained by it, also those that began before it ended', async () => {
    await noticed(sets(['a'], ['b']));
    const change = await begun(ledger, 'c');
    await ledger.takeQueue(change, never);
    const beganMs = nowMs + 1;
    nowMs += 10;
    await noticed(sets(['b'], ['a']));
    await ledger.end(change, verified, sets(['b'], ['a']));
    await noticed(sets(['a'], ['b']), beganMs);
    await noticed(sets(['b'], ['a']));
    expect((await items()).map(({ kind }) => kind)).toEqual(['change']);
  });

  it('that show an unconfirmed change late give it its outcome', async () => {
    await noticed(sets(['a'], ['b']));
    const change = await begun(ledger, 'c');
    await ledger.end(change, { outcome: 'unconfirmed', message: '', after: null }, sets(['a'], ['b']));
    nowMs += 10;
    await noticed(sets(['b'], ['a']));
    expect(await items()).toMatchObject([{ kind: 'change', outcome: 'verified' }]);
  });

  it('leave that to the watch of the change where one goes on', async () => {
    await noticed(sets(['a'], ['b']));
    const change = await begun(ledger, 'c');
    await ledger.end(change, { outcome: 'unconfirmed', message: '', after: null }, sets(['a'], ['b']), true);
    nowMs += 10;
    await noticed(sets(['b'], ['a']));
    expect(await items()).toMatchObject([{ kind: 'change', outcome: 'unconfirmed' }]);
    await ledger.end(change, verified, sets(['b'], ['a']));
    expect(await items()).toMatchObject([{ kind: 'change', outcome: 'verified' }]);
  });
});

describe('the workbench', () => {
  it('stops what waits and ends only when it has ended', async () => {
    let isRecorded = false;
    ledger.workbench.start('w', async (stopping) => {
      await new Promise((resolve) => stopping.addEventListener('abort', resolve));
      isRecorded = true;
    });
    await ledger.stop();
    expect(isRecorded).toBe(true);
  });
});
