import { describe, expect, it } from 'vitest';
import type { Change, ChangePlan } from '#lib/api/changes/schemas.ts';
import { createMemoryLedger } from '#server/usecases/changes/ledger.ts';

function change(id: string, over: Partial<Change> = {}): Change {
  return {
    id,
    planId: 'p',
    namespace: 'ns',
    taskQueue: 'q',
    operation: { kind: 'promote-set', buildId: 'a' },
    reason: '',
    actor: 'test',
    outcome: 'verified',
    message: '',
    stored: { is: true, at: null },
    takenUp: { is: null, at: null, buildId: null },
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: null,
    after: null,
    ...over,
  };
}

function plan(id: string, expiresAt = '2026-01-01T00:05:00.000Z'): ChangePlan {
  return {
    id,
    taskQueue: 'q',
    operation: { kind: 'promote-set', buildId: 'a' },
    reason: '',
    digest: 'v1:',
    before: [],
    after: [],
    notes: [],
    isAlreadySo: false,
    expiresAt,
  };
}

const ledgerAt = (nowMs = 0) => createMemoryLedger({ now: () => nowMs });

describe('the ledger in memory', () => {
  it('pages newest first, without a gap and without a neighbour namespace', async () => {
    const ledger = ledgerAt();
    for (const id of ['1', '2', '3']) await ledger.begin(change(id), id);
    await ledger.begin(change('4', { namespace: 'other' }), '4');
    const first = await ledger.list('ns', { limit: 2 });
    expect(first.items.map((item) => item.id)).toEqual(['3', '2']);
    const second = await ledger.list('ns', { limit: 2, cursor: first.nextCursor ?? '' });
    expect(second).toMatchObject({ items: [{ id: '1' }], nextCursor: null });
    expect(await ledger.find('ns', '4')).toBeNull();
  });

  it('knows a key per namespace', async () => {
    const ledger = ledgerAt();
    expect(await ledger.begin(change('1'), 'k')).toEqual({ isNew: true });
    expect(await ledger.begin(change('2'), 'k')).toMatchObject({ isNew: false, change: { id: '1' } });
    expect(await ledger.begin(change('3', { namespace: 'other' }), 'k')).toEqual({ isNew: true });
  });

  it('is bounded, and never forgets a change under way', async () => {
    const ledger = ledgerAt();
    await ledger.begin(change('open', { outcome: null }), 'open');
    for (let index = 0; index < 1_200; index += 1) await ledger.begin(change(`c${index}`), `c${index}`);
    const { items } = await ledger.list('ns', { limit: 5_000 });
    expect(items).toHaveLength(1_000);
    expect(items.at(-1)?.id).toBe('open');
    expect(items[0]?.id).toBe('c1199');
  });

  it('keeps at most 500 plans, and an expired one for an hour', async () => {
    const ledger = ledgerAt(Date.UTC(2026, 0, 1, 1, 4));
    await ledger.savePlan('ns', plan('old'));
    await ledger.savePlan('ns', plan('next'));
    expect(await ledger.findPlan('ns', 'old')).not.toBeNull();
    for (let index = 0; index < 500; index += 1) await ledger.savePlan('ns', plan(`p${index}`));
    expect(await ledger.findPlan('ns', 'old')).toBeNull();
    expect(await ledger.findPlan('ns', 'p499')).not.toBeNull();
  });
});

describe('the workbench', () => {
  it('runs works of one key in order, others beside them, and survives a failure', async () => {
    const { workbench } = ledgerAt();
    const order: string[] = [];
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const first = workbench.exclusively('q', async () => {
      await gate;
      order.push('first');
      throw new Error('boom');
    });
    const second = workbench.exclusively('q', async () => order.push('second'));
    await workbench.exclusively('other', async () => order.push('other'));
    open();
    await expect(first).rejects.toThrow('boom');
    await second;
    expect(order).toEqual(['other', 'first', 'second']);
  });

  it('stops what waits and ends only when it has ended', async () => {
    const { workbench, stop } = ledgerAt();
    let isRecorded = false;
    workbench.start('w', async (stopping) => {
      await new Promise((resolve) => stopping.addEventListener('abort', resolve));
      isRecorded = true;
    });
    await stop();
    expect(isRecorded).toBe(true);
  });
});
