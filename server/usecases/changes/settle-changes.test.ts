import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { CodedError } from '#server/errors.ts';
import type { Store } from '#server/store/port.ts';
import { createMemoryStore } from '#server/store/testing/memory-store.ts';
import { applyChange } from '#server/usecases/changes/apply-change.ts';
import { createLedger } from '#server/usecases/changes/ledger.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';
import { startSettling } from '#server/usecases/changes/settle-changes.ts';
import { createFakeTemporal, type FakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { FAST, FAST_CLAIMS, testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import type { Ctx } from '#server/usecases/context.ts';

const namespace = 'ns';
const taskQueue = 'q';
const promoteA: VersionSetOperation = { kind: 'promote-set', buildId: 'a' };
const NEVER_MS = 1_000_000;

let fake: FakeTemporal;
let store: Store;

beforeEach(() => {
  fake = createFakeTemporal();
  for (const buildId of ['a', 'b']) fake.sets(taskQueue).apply({ kind: 'add-new-default', buildId });
  store = createMemoryStore();
});

/** A process on the store that has no heart beat: as good as dead as soon as it waits for something. */
function mortal(): Ctx {
  const changes = createLedger(store.record, { now: Date.now, timing: { ...FAST_CLAIMS, renewMs: NEVER_MS } });
  return testCtx(fake.port, { store, changes });
}

/** A process that lives and settles. */
function survivor(timing = FAST): Ctx {
  const ctx = testCtx(fake.port, { store });
  startSettling(ctx, timing, FAST_CLAIMS.sweepMs);
  return ctx;
}

/** An intent of a process that dies right before it sends the write, or right after: nobody else can tell. */
async function leaveSent(ctx: Ctx): Promise<string> {
  const change = await leaveIntent(ctx);
  expect(await ctx.changes.takeQueue(change, ctx.signal)).toBe('taken');
  expect(await ctx.changes.mayStillWrite(change)).toBe(true);
  return change.id;
}

/** An intent of a process that dies before it does anything with it. */
async function leaveIntent(ctx: Ctx): Promise<ChangeDetail> {
  const plan = await planChange(ctx, { namespace, taskQueue, operation: promoteA, reason: '' }, FAST);
  const { change } = await ctx.changes.begin({ id: randomUUID(), namespace, plan, actor: 'gone' }, randomUUID());
  return change;
}

const outcome = async (ctx: Ctx, id: string) => (await ctx.changes.find(namespace, id))?.outcome;
const settled = (ctx: Ctx, id: string) => expect.poll(() => outcome(ctx, id), { timeout: 5_000, interval: 5 });

describe('a change whose process is gone before it sent anything', () => {
  it('is not applied, at once and whatever the sets are, though Temporal can not be read', async () => {
    const { id } = await leaveIntent(mortal());
    fake.sets(taskQueue).apply(promoteA);
    fake.readFailure = new CodedError('temporal-unreachable', 'gone', '');
    const ctx = survivor();
    await settled(ctx, id).toBe('not-applied');
    expect(await ctx.changes.find(namespace, id)).toMatchObject({
      message: 'Nothing was sent: Patchboard stopped before the write.',
    });
    await ctx.changes.stop();
  });

  it('is not applied where it still waited for its queue', async () => {
    const process = mortal();
    const first = await leaveSent(process);
    const second = await leaveIntent(process);
    const ctx = survivor();
    await settled(ctx, second.id).toBe('not-applied');
    await settled(ctx, first).toBe('not-applied');
    await ctx.changes.stop();
  });
});

describe('a change whose process is gone after it may have sent it', () => {
  it('is not applied where the sets are untouched and no write can land any more', async () => {
    const id = await leaveSent(mortal());
    const ctx = survivor();
    await settled(ctx, id).toBe('not-applied');
    expect(fake.writes).toEqual([]);
    await ctx.changes.stop();
  });

  it('is verified where the write had landed, and its take-up is watched', async () => {
    const id = await leaveSent(mortal());
    fake.sets(taskQueue).apply(promoteA);
    const ctx = survivor();
    await settled(ctx, id).toBe('verified');
    await expect.poll(async () => (await ctx.changes.find(namespace, id))?.takenUp.is).toBe(false);
    await ctx.changes.stop();
  });

  it('is superseded where the sets are neither as before nor as planned', async () => {
    const id = await leaveSent(mortal());
    fake.sets(taskQueue).apply({ kind: 'add-new-default', buildId: 'z' });
    const ctx = survivor();
    await settled(ctx, id).toBe('superseded');
    await ctx.changes.stop();
  });

  it('has no outcome while Temporal can not be read', async () => {
    const id = await leaveSent(mortal());
    fake.readFailure = new CodedError('temporal-unreachable', 'gone', '');
    const ctx = survivor();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await outcome(ctx, id)).toBeNull();
    fake.readFailure = null;
    await settled(ctx, id).toBe('not-applied');
    await ctx.changes.stop();
  });

  it('keeps its queue until it is settled: the next change waits, then goes on', async () => {
    const first = await leaveSent(mortal());
    const ctx = survivor({ ...FAST, refreshMs: NEVER_MS });
    const operation: VersionSetOperation = { kind: 'add-new-default', buildId: 'c' };
    const plan = await planChange(ctx, { namespace, taskQueue, operation, reason: '' }, FAST);
    const input = { namespace, planId: plan.id, confirm: 'c', idempotencyKey: 'k' };
    expect(await applyChange(ctx, input, FAST)).toMatchObject({ outcome: 'verified' });
    expect(await outcome(ctx, first)).toBe('unconfirmed');
    await ctx.changes.stop();
  });

  it('goes on being watched by the next process where it was unconfirmed', async () => {
    const id = await leaveSent(mortal());
    const first = survivor({ ...FAST, refreshMs: NEVER_MS });
    await settled(first, id).toBe('unconfirmed');
    await first.changes.stop();
    fake.sets(taskQueue).apply(promoteA);
    const second = survivor();
    await settled(second, id).toBe('verified');
    await second.changes.stop();
  });
});

it('of a process that lives is left alone', async () => {
  const owner = testCtx(fake.port, { store });
  const id = await leaveSent(owner);
  const ctx = survivor();
  await new Promise((resolve) => setTimeout(resolve, 3 * FAST_CLAIMS.claimMs));
  expect(await outcome(ctx, id)).toBeNull();
  await owner.changes.stop();
  await settled(ctx, id).toBe('not-applied');
  await ctx.changes.stop();
});

it('sends nothing once another process took the change over', async () => {
  const sleeper = mortal();
  const plan = await planChange(sleeper, { namespace, taskQueue, operation: promoteA, reason: '' }, FAST);
  const ctx = survivor();
  // It sleeps over its claim while it reads the sets before the write.
  fake.onRead = () => {
    fake.onRead = () => undefined;
    return new Promise((resolve) => setTimeout(resolve, 3 * FAST_CLAIMS.claimMs));
  };
  const input = { namespace, planId: plan.id, confirm: 'a', idempotencyKey: 'k' };
  const change = await applyChange(sleeper, input, FAST);
  expect(change.outcome).toBe('not-applied');
  expect(fake.writes).toEqual([]);
  await ctx.changes.stop();
});
