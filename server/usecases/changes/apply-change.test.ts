import { beforeEach, describe, expect, it } from 'vitest';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import { applyChange } from '#server/usecases/changes/apply-change.ts';
import { getChange } from '#server/usecases/changes/get-change.ts';
import { listChanges } from '#server/usecases/changes/list-changes.ts';
import {
  type ChangeBench,
  createChangeBench,
  namespace,
  promoteA,
  taskQueue,
} from '#server/usecases/changes/testing/change-bench.ts';
import { FAST, readOnly, testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { takeUpWork } from '#server/usecases/changes/watch-take-up.ts';

let bench: ChangeBench;
beforeEach(() => {
  bench = createChangeBench();
});

/** The one change, once it is no longer watched. */
async function takenUp(id: string) {
  await bench.ctx.changes.workbench.settled(takeUpWork(id));
  return (await getChange(bench.ctx, { namespace, id })).takenUp;
}

describe('a change that nothing disturbs', () => {
  it('is written once and verified by reading', async () => {
    const change = await bench.apply((await bench.plan()).id);
    expect(change).toMatchObject({
      outcome: 'verified',
      stored: { is: true },
      actor: 'test',
      reason: 'because',
      after: [{ buildIds: ['b'] }, { buildIds: ['a'] }],
    });
    expect(bench.fake.writes).toEqual([promoteA]);
  });

  it('is already so where nothing is to do, and nothing is sent', async () => {
    const change = await bench.apply((await bench.plan({ kind: 'promote-set', buildId: 'b' })).id);
    expect(change).toMatchObject({ outcome: 'already-so', stored: { is: true } });
    expect(bench.fake.writes).toEqual([]);
  });

  it('verifies a merge whichever way Temporal mixes the superseded builds', async () => {
    const sets = bench.fake.sets(taskQueue);
    sets.apply({ kind: 'add-new-compatible', newBuildId: 'b2', existingBuildId: 'b', asQueueDefault: false });
    sets.apply({ kind: 'add-new-compatible', newBuildId: 'a2', existingBuildId: 'a', asQueueDefault: false });
    sets.apply({ kind: 'promote-within-set', buildId: 'a' });
    const planned = await bench.plan({ kind: 'merge-sets', primaryBuildId: 'b', secondaryBuildId: 'a' });
    expect(planned.notes.map((note) => note.code)).toContain('merged-order-open');
    const change = await bench.apply(planned.id);
    expect(change).toMatchObject({ outcome: 'verified', after: [{ buildIds: ['b', 'a2', 'a', 'b2'] }] });
  });
});

describe('a second writer', () => {
  const foreign = () => bench.fake.sets(taskQueue).apply({ kind: 'add-new-default', buildId: 'z' });

  it('between plan and apply: 412, nothing written', async () => {
    const { id } = await bench.plan();
    foreign();
    await expect(bench.apply(id)).rejects.toMatchObject({ code: 'changed-since-plan', status: 412 });
    expect(bench.fake.writes).toEqual([]);
    expect(await bench.onlyChange()).toMatchObject({ outcome: 'conflict', stored: { is: false } });
  });

  it('whose change makes Temporal refuse ours: the refusal shows the sets as they are', async () => {
    const { id } = await bench.plan({ kind: 'add-new-default', buildId: 'z' });
    const sets = bench.fake.sets(taskQueue);
    bench.fake.beforeWrite = () =>
      sets.apply({ kind: 'add-new-compatible', newBuildId: 'z', existingBuildId: 'a', asQueueDefault: false });
    await expect(bench.apply(id)).rejects.toMatchObject({ code: 'refused' });
    expect(await bench.onlyChange()).toMatchObject({
      outcome: 'refused',
      after: [{ buildIds: ['a', 'z'] }, { buildIds: ['b'] }],
    });
  });

  it.each(['beforeWrite', 'afterWrite'] as const)('%s reaches the server: superseded', async (when) => {
    const { id } = await bench.plan();
    bench.fake[when] = foreign;
    expect(await bench.apply(id)).toMatchObject({ outcome: 'superseded', stored: { is: false } });
  });

  it('of this process waits: two plans of one queue never both apply', async () => {
    const [one, two] = [await bench.plan(), await bench.plan({ kind: 'add-new-default', buildId: 'c' })];
    const results = await Promise.allSettled([bench.apply(one.id), bench.apply(two.id)]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected']);
    expect(bench.fake.writes).toHaveLength(1);
  });
});

describe('the idempotency key', () => {
  it('gives the same change to a repeated and to a simultaneous wish, and writes once', async () => {
    const { id } = await bench.plan();
    const [first, second] = await Promise.all([bench.apply(id, 'k'), bench.apply(id, 'k')]);
    const third = await bench.apply(id, 'k');
    expect(new Set([first.id, second.id, third.id]).size).toBe(1);
    expect(bench.fake.writes).toHaveLength(1);
  });

  it('repeats a failure as it was', async () => {
    const { id } = await bench.plan();
    bench.fake.sets(taskQueue).apply({ kind: 'add-new-default', buildId: 'z' });
    await expect(bench.apply(id, 'k')).rejects.toMatchObject({ code: 'changed-since-plan' });
    await expect(bench.apply(id, 'k')).rejects.toMatchObject({ code: 'changed-since-plan' });
    const { items } = await listChanges(bench.ctx, { namespace, limit: 100 });
    expect(items.filter(({ kind }) => kind === 'change')).toHaveLength(1);
  });

  it('is refused for another plan', async () => {
    await bench.apply((await bench.plan()).id, 'k');
    await expect(bench.apply((await bench.plan()).id, 'k')).rejects.toMatchObject({ code: 'key-reused', status: 422 });
  });
});

describe('a plan', () => {
  it('is of its namespace, and is not found elsewhere', async () => {
    const { id } = await bench.plan();
    const elsewhere = applyChange(
      bench.ctx,
      { namespace: 'other', planId: id, confirm: 'a', idempotencyKey: 'k' },
      FAST,
    );
    await expect(elsewhere).rejects.toMatchObject({ code: 'not-found' });
    await expect(bench.apply('nonsense')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('expires after five minutes, but a finished change is still answered by its key', async () => {
    let nowMs = Date.UTC(2026, 0, 1);
    bench.ctx = testCtx(bench.fake.port, { now: () => nowMs });
    const { id, expiresAt } = await bench.plan();
    expect(expiresAt).toBe('2026-01-01T00:05:00.000Z');
    nowMs += 299_999;
    const change = await bench.apply(id, 'k');
    nowMs += 1;
    await expect(bench.apply(id, 'other')).rejects.toMatchObject({ code: 'plan-expired', status: 410 });
    expect((await bench.apply(id, 'k')).id).toBe(change.id);
  });

  it('is refused with the reason of the model', async () => {
    await expect(bench.plan({ kind: 'promote-set', buildId: 'nobody' })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('nobody not found') as string,
    });
  });

  it('may be made where writes are not allowed, and not applied', async () => {
    bench.ctx = { ...bench.ctx, config: readOnly('Patchboard is read-only here.') };
    const { id } = await bench.plan();
    await expect(bench.apply(id)).rejects.toMatchObject({
      code: 'read-only',
      message: 'Patchboard is read-only here.',
    });
    expect(bench.fake.writes).toEqual([]);
  });
});

describe('takenUp', () => {
  const poller = (lastPollMs: number, over: Partial<Poller> = {}): Poller => ({
    identity: 'w',
    taskKind: 'workflow',
    buildId: 'a',
    useVersioning: true,
    deploymentVersion: null,
    lastPollMs,
    ...over,
  });

  it('is another fact than stored: unknown at first, true when a worker of the new default polls', async () => {
    bench.fake.pollers.push(poller(1_000));
    const change = await bench.apply((await bench.plan()).id);
    expect(change).toMatchObject({ stored: { is: true }, takenUp: { is: null, buildId: 'a' } });
    setTimeout(() => bench.fake.pollers.splice(0, 1, poller(1_001)), 15);
    expect(await takenUp(change.id)).toEqual({ is: true, at: '1970-01-01T00:00:01.001Z', buildId: 'a' });
  });

  it.each([
    ['a poll from before the write', poller(9_999_999_999_999), poller(9_999_999_999_999)],
    ['another build', poller(1, { buildId: 'b' }), poller(2, { buildId: 'b' })],
    ['an unversioned worker', poller(1, { useVersioning: false }), poller(2, { useVersioning: false })],
    ['an activity worker', poller(1, { taskKind: 'activity' }), poller(2, { taskKind: 'activity' })],
  ])('is not claimed for %s, whatever the clocks say', async (_what, before, after) => {
    bench.fake.pollers.push(before);
    const change = await bench.apply((await bench.plan()).id);
    setTimeout(() => bench.fake.pollers.splice(0, 1, after), 15);
    expect(await takenUp(change.id)).toMatchObject({ is: false });
  });

  it('ends at once when the process stops, without a claim', async () => {
    const change = await bench.apply((await bench.plan()).id, 'k', { ...FAST, takeUpMs: 60_000 });
    await bench.ctx.changes.stop();
    expect((await getChange(bench.ctx, { namespace, id: change.id })).takenUp.is).toBeNull();
  });
});

it('a caller that goes away stops nothing', async () => {
  const caller = new AbortController();
  const { id } = await bench.plan();
  bench.fake.onRead = () => caller.abort();
  bench.ctx = { ...bench.ctx, signal: caller.signal };
  const change = await bench.apply(id);
  await bench.ctx.changes.workbench.settled(change.id);
  expect(await getChange(bench.ctx, { namespace, id: change.id })).toMatchObject({ outcome: 'verified' });
});
