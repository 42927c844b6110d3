import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { CodedError } from '#server/errors.ts';
import { applyChange } from '#server/usecases/changes/apply-change.ts';
import { getChange } from '#server/usecases/changes/get-change.ts';
import { listChanges } from '#server/usecases/changes/list-changes.ts';
import type { Change } from '#lib/api/changes/schemas.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';
import { startSettling } from '#server/usecases/changes/settle-changes.ts';
import { createFakeTemporal, type FakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { FAST, readOnly, testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import type { ChangeTiming } from '#server/usecases/changes/timing.ts';
import { takeUpWork } from '#server/usecases/changes/watch-take-up.ts';
import type { Ctx } from '#server/usecases/context.ts';

const namespace = 'ns';
const taskQueue = 'q';
const promoteA: VersionSetOperation = { kind: 'promote-set', buildId: 'a' };

let fake: FakeTemporal;
let ctx: Ctx;

beforeEach(() => {
  fake = createFakeTemporal();
  fake.sets(taskQueue).apply({ kind: 'add-new-default', buildId: 'a' });
  fake.sets(taskQueue).apply({ kind: 'add-new-default', buildId: 'b' });
  ctx = testCtx(fake.port);
});

const plan = (operation: VersionSetOperation = promoteA) =>
  planChange(ctx, { namespace, taskQueue, operation, reason: 'because' }, FAST);
/** Confirms as the plan wants it: nobody polls in most of these tests. */
async function apply(planId: string, idempotencyKey: string = randomUUID(), timing: ChangeTiming = FAST) {
  const confirm = (await ctx.changes.findPlan(namespace, planId))?.mustConfirm ?? true;
  return applyChange(ctx, { namespace, planId, confirm, idempotencyKey }, timing);
}
const defaults = () =>
  fake
    .sets(taskQueue)
    .read()
    .sets.map((set) => set.buildIds.at(-1));
async function onlyChange(): Promise<Change | undefined> {
  const { items } = await listChanges(ctx, { namespace, limit: 100 });
  return items.find((item) => item.kind === 'change');
}

/** The one change, once it is no longer watched. */
async function takenUp(id: string) {
  await ctx.changes.workbench.settled(takeUpWork(id));
  return (await getChange(ctx, { namespace, id })).takenUp;
}

describe('a change that nothing disturbs', () => {
  it('is written once and verified by reading', async () => {
    const change = await apply((await plan()).id);
    expect(change).toMatchObject({
      outcome: 'verified',
      stored: { is: true },
      actor: 'test',
      reason: 'because',
      after: [{ buildIds: ['b'] }, { buildIds: ['a'] }],
    });
    expect(fake.writes).toEqual([promoteA]);
  });

  it('is already so where nothing is to do, and nothing is sent', async () => {
    const change = await apply((await plan({ kind: 'promote-set', buildId: 'b' })).id);
    expect(change).toMatchObject({ outcome: 'already-so', stored: { is: true } });
    expect(fake.writes).toEqual([]);
  });

  it('verifies a merge whichever way Temporal mixes the superseded builds', async () => {
    const sets = fake.sets(taskQueue);
    sets.apply({ kind: 'add-new-compatible', newBuildId: 'b2', existingBuildId: 'b', asQueueDefault: false });
    sets.apply({ kind: 'add-new-compatible', newBuildId: 'a2', existingBuildId: 'a', asQueueDefault: false });
    sets.apply({ kind: 'promote-within-set', buildId: 'a' });
    const planned = await plan({ kind: 'merge-sets', primaryBuildId: 'b', secondaryBuildId: 'a' });
    expect(planned.notes.map((note) => note.code)).toContain('merged-order-open');
    const change = await apply(planned.id);
    expect(change).toMatchObject({ outcome: 'verified', after: [{ buildIds: ['b', 'a2', 'a', 'b2'] }] });
  });
});

describe('a write that goes wrong', () => {
  it.each([
    ['loses-the-reply', 'verified', true],
    ['lands-late', 'verified', true],
    ['loses-the-request', 'unconfirmed', null],
    ['lies', 'unconfirmed', null],
  ] as const)('%s: %s, after one attempt', async (fault, outcome, stored) => {
    fake.fault = fault;
    fake.lateMs = 30;
    // A busy machine may be late itself, and must not take the landing for over.
    const change = await apply((await plan()).id, undefined, { ...FAST, landingGraceMs: 500 });
    expect(change).toMatchObject({ outcome, stored: { is: stored } });
    expect(fake.writes).toHaveLength(1);
    expect(defaults()).toEqual(stored === true ? ['b', 'a'] : ['a', 'b']);
  });

  it.each(['refuses', 'is-rate-limited'] as const)('%s: 409 with its message', async (fault) => {
    fake.fault = fault;
    await expect(apply((await plan()).id)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('limit') as string,
    });
    expect(await onlyChange()).toMatchObject({ outcome: 'refused', stored: { is: false } });
    expect(fake.writes).toHaveLength(1);
  });

  it('has no outcome while nothing can be read, and the true one once it can', async () => {
    fake.fault = 'loses-the-reply';
    const { id } = await plan();
    fake.beforeWrite = () => {
      fake.readFailure = new CodedError('temporal-unreachable', 'gone', '');
    };
    const change = await apply(id, 'k', { ...FAST, answerMs: 200 });
    expect(change).toMatchObject({ outcome: null, stored: { is: null }, after: null });
    fake.readFailure = null;
    await ctx.changes.workbench.settled(change.id);
    expect(await onlyChange()).toMatchObject({ outcome: 'verified', stored: { is: true } });
  });

  it('answers without an outcome when settling takes long, and goes on', async () => {
    fake.fault = 'loses-the-request';
    const change = await apply((await plan()).id, 'k', { ...FAST, landingGraceMs: 1_000, answerMs: 10 });
    expect(change.outcome).toBeNull();
    await ctx.changes.workbench.settled(change.id);
    expect(await getChange(ctx, { namespace, id: change.id })).toMatchObject({ outcome: 'unconfirmed' });
  });

  it('that may have been stored and does not show yet ends as what shows in time', async () => {
    fake.fault = 'loses-the-request';
    const { id } = await apply((await plan()).id, 'k');
    fake.sets(taskQueue).apply(promoteA);
    await expect.poll(async () => (await ctx.changes.find(namespace, id))?.outcome).toBe('verified');
    await expect.poll(async () => (await ctx.changes.find(namespace, id))?.takenUp.is).toBe(false);
    const other = await apply((await plan({ kind: 'promote-set', buildId: 'b' })).id, 'l');
    expect(other.outcome).toBe('unconfirmed');
    await expect.poll(async () => (await ctx.changes.find(namespace, other.id))?.outcome).toBe('not-applied');
    expect(fake.writes).toHaveLength(2);
  });

  it('is not applied, at once, where there was no connection to send it on', async () => {
    fake.fault = 'finds-no-way';
    expect(await apply((await plan()).id)).toMatchObject({ outcome: 'not-applied', stored: { is: false } });
  });

  it('is given up when Patchboard itself fails after the write, and settled by reading', async () => {
    const { id } = await plan();
    fake.afterWrite = () => {
      fake.onRead = () => {
        throw new TypeError('boom');
      };
    };
    await expect(apply(id)).rejects.toThrow('boom');
    expect(await onlyChange()).toMatchObject({ outcome: null, stored: { is: null } });
    fake.onRead = () => undefined;
    startSettling(ctx, FAST, 5);
    await expect.poll(async () => (await onlyChange())?.outcome).toBe('verified');
    expect(fake.writes).toHaveLength(1);
  });

  it('sends nothing when the sets can not be read before it', async () => {
    const { id } = await plan();
    fake.readFailure = new CodedError('temporal-unreachable', 'Temporal is gone.', '');
    await expect(apply(id)).rejects.toMatchObject({ code: 'temporal-unreachable' });
    expect(fake.writes).toEqual([]);
    expect(await onlyChange()).toMatchObject({
      outcome: 'not-applied',
      message: 'Nothing was sent: Temporal is gone.',
    });
  });
});

describe('a second writer', () => {
  const foreign = () => fake.sets(taskQueue).apply({ kind: 'add-new-default', buildId: 'z' });

  it('between plan and apply: 412, nothing written', async () => {
    const { id } = await plan();
    foreign();
    await expect(apply(id)).rejects.toMatchObject({ code: 'changed-since-plan', status: 412 });
    expect(fake.writes).toEqual([]);
    expect(await onlyChange()).toMatchObject({ outcome: 'conflict', stored: { is: false } });
  });

  it('whose change makes Temporal refuse ours: the refusal shows the sets as they are', async () => {
    const { id } = await plan({ kind: 'add-new-default', buildId: 'z' });
    const sets = fake.sets(taskQueue);
    fake.beforeWrite = () =>
      sets.apply({ kind: 'add-new-compatible', newBuildId: 'z', existingBuildId: 'a', asQueueDefault: false });
    await expect(apply(id)).rejects.toMatchObject({ code: 'refused' });
    expect(await onlyChange()).toMatchObject({
      outcome: 'refused',
      after: [{ buildIds: ['a', 'z'] }, { buildIds: ['b'] }],
    });
  });

  it.each(['beforeWrite', 'afterWrite'] as const)('%s reaches the server: superseded', async (when) => {
    const { id } = await plan();
    fake[when] = foreign;
    expect(await apply(id)).toMatchObject({ outcome: 'superseded', stored: { is: false } });
  });

  it('of this process waits: two plans of one queue never both apply', async () => {
    const [one, two] = [await plan(), await plan({ kind: 'add-new-default', buildId: 'c' })];
    const results = await Promise.allSettled([apply(one.id), apply(two.id)]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected']);
    expect(fake.writes).toHaveLength(1);
  });
});

describe('the idempotency key', () => {
  it('gives the same change to a repeated and to a simultaneous wish, and writes once', async () => {
    const { id } = await plan();
    const [first, second] = await Promise.all([apply(id, 'k'), apply(id, 'k')]);
    const third = await apply(id, 'k');
    expect(new Set([first.id, second.id, third.id]).size).toBe(1);
    expect(fake.writes).toHaveLength(1);
  });

  it('repeats a failure as it was', async () => {
    const { id } = await plan();
    fake.sets(taskQueue).apply({ kind: 'add-new-default', buildId: 'z' });
    await expect(apply(id, 'k')).rejects.toMatchObject({ code: 'changed-since-plan' });
    await expect(apply(id, 'k')).rejects.toMatchObject({ code: 'changed-since-plan' });
    const { items } = await listChanges(ctx, { namespace, limit: 100 });
    expect(items.filter(({ kind }) => kind === 'change')).toHaveLength(1);
  });

  it('is refused for another plan', async () => {
    await apply((await plan()).id, 'k');
    await expect(apply((await plan()).id, 'k')).rejects.toMatchObject({ code: 'key-reused', status: 422 });
  });
});

describe('a plan', () => {
  it('is of its namespace, and is not found elsewhere', async () => {
    const { id } = await plan();
    const elsewhere = applyChange(ctx, { namespace: 'other', planId: id, confirm: 'a', idempotencyKey: 'k' }, FAST);
    await expect(elsewhere).rejects.toMatchObject({ code: 'not-found' });
    await expect(apply('nonsense')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('expires after five minutes, but a finished change is still answered by its key', async () => {
    let nowMs = Date.UTC(2026, 0, 1);
    ctx = testCtx(fake.port, { now: () => nowMs });
    const { id, expiresAt } = await plan();
    expect(expiresAt).toBe('2026-01-01T00:05:00.000Z');
    nowMs += 299_999;
    const change = await apply(id, 'k');
    nowMs += 1;
    await expect(apply(id, 'other')).rejects.toMatchObject({ code: 'plan-expired', status: 410 });
    expect((await apply(id, 'k')).id).toBe(change.id);
  });

  it('is refused with the reason of the model', async () => {
    await expect(plan({ kind: 'promote-set', buildId: 'nobody' })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('nobody not found') as string,
    });
  });

  it('may be made where writes are not allowed, and not applied', async () => {
    ctx = { ...ctx, config: readOnly('Patchboard is read-only here.') };
    const { id } = await plan();
    await expect(apply(id)).rejects.toMatchObject({ code: 'read-only', message: 'Patchboard is read-only here.' });
    expect(fake.writes).toEqual([]);
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
    fake.pollers.push(poller(1_000));
    const change = await apply((await plan()).id);
    expect(change).toMatchObject({ stored: { is: true }, takenUp: { is: null, buildId: 'a' } });
    setTimeout(() => fake.pollers.splice(0, 1, poller(1_001)), 15);
    expect(await takenUp(change.id)).toEqual({ is: true, at: '1970-01-01T00:00:01.001Z', buildId: 'a' });
  });

  it.each([
    ['a poll from before the write', poller(9_999_999_999_999), poller(9_999_999_999_999)],
    ['another build', poller(1, { buildId: 'b' }), poller(2, { buildId: 'b' })],
    ['an unversioned worker', poller(1, { useVersioning: false }), poller(2, { useVersioning: false })],
    ['an activity worker', poller(1, { taskKind: 'activity' }), poller(2, { taskKind: 'activity' })],
  ])('is not claimed for %s, whatever the clocks say', async (_what, before, after) => {
    fake.pollers.push(before);
    const change = await apply((await plan()).id);
    setTimeout(() => fake.pollers.splice(0, 1, after), 15);
    expect(await takenUp(change.id)).toMatchObject({ is: false });
  });

  it('ends at once when the process stops, without a claim', async () => {
    const change = await apply((await plan()).id, 'k', { ...FAST, takeUpMs: 60_000 });
    await ctx.changes.stop();
    expect((await getChange(ctx, { namespace, id: change.id })).takenUp.is).toBeNull();
  });
});

it('a caller that goes away stops nothing', async () => {
  const caller = new AbortController();
  const { id } = await plan();
  fake.onRead = () => caller.abort();
  ctx = { ...ctx, signal: caller.signal };
  const change = await apply(id);
  await ctx.changes.workbench.settled(change.id);
  expect(await getChange(ctx, { namespace, id: change.id })).toMatchObject({ outcome: 'verified' });
});
