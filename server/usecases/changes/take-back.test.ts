import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangeWish } from '#lib/api/changes/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { applyChange } from '#server/usecases/changes/apply-change.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';
import { createChangeBench, namespace, promoteA, taskQueue } from '#server/usecases/changes/testing/change-bench.ts';
import type { FakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { FAST } from '#server/usecases/changes/testing/test-ctx.ts';
import type { Ctx } from '#server/usecases/context.ts';

const promoteB: VersionSetOperation = { kind: 'promote-set', buildId: 'b' };

let fake: FakeTemporal;
let ctx: Ctx;
beforeEach(() => {
  ({ fake, ctx } = createChangeBench());
});

const plan = (operation: ChangeWish, queue = taskQueue) =>
  planChange(ctx, { namespace, taskQueue: queue, operation, reason: '' }, FAST);

async function apply(operation: ChangeWish) {
  const { id: planId, mustConfirm } = await plan(operation);
  const confirm: true | string = mustConfirm ?? true;
  const input = { namespace, planId, confirm, idempotencyKey: randomUUID() };
  return applyChange(ctx, input, FAST);
}

const lists = () =>
  fake
    .sets(taskQueue)
    .read()
    .sets.map((set) => set.buildIds);

describe('taking a change back', () => {
  it('is planned as an operation of its own, which names the change', async () => {
    const { id } = await apply(promoteA);
    expect(await plan({ undoOf: id })).toMatchObject({ operation: promoteB, undoOf: id });
    const undone = await apply({ undoOf: id });
    expect(undone).toMatchObject({ outcome: 'verified', undoOf: id, operation: promoteB });
    expect(lists()).toEqual([['a'], ['b']]);
    await expect(plan({ undoOf: id })).rejects.toMatchObject({
      code: 'refused',
      message: 'This change is already undone.',
    });
    // And the taking back can be taken back.
    expect(await plan({ undoOf: undone.id })).toMatchObject({ operation: promoteA });
  });

  it('takes two steps where two things moved', async () => {
    const { id } = await apply({
      kind: 'add-new-compatible',
      newBuildId: 'n',
      existingBuildId: 'a',
      asQueueDefault: true,
    });
    expect(await apply({ undoOf: id })).toMatchObject({ operation: promoteB });
    expect(await apply({ undoOf: id })).toMatchObject({ operation: { kind: 'promote-within-set', buildId: 'a' } });
    expect(lists()).toEqual([['n', 'a'], ['b']]);
    await expect(plan({ undoOf: id })).rejects.toMatchObject({ code: 'refused' });
  });

  it('is refused, with what differs, once someone else moved the same thing', async () => {
    const { id } = await apply(promoteA);
    fake.sets(taskQueue).apply({ kind: 'add-new-default', buildId: 'theirs' });
    await expect(plan({ undoOf: id })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('by now they go to theirs') as string,
    });
  });

  it('is refused where nothing can restore what was', async () => {
    const merged = await apply({ kind: 'merge-sets', primaryBuildId: 'a', secondaryBuildId: 'b' });
    await expect(plan({ undoOf: merged.id })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/^Cannot be undone/) as string,
    });
    const noChange = await apply(promoteA);
    expect(noChange.outcome).toBe('already-so');
    await expect(plan({ undoOf: noChange.id })).rejects.toMatchObject({ code: 'refused' });
  });

  it('is refused for a change that was not stored, or not surely', async () => {
    fake.fault = 'loses-the-request';
    const lost = await apply(promoteA);
    expect(lost.outcome).toBe('unconfirmed');
    await expect(plan({ undoOf: lost.id })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('Unconfirmed') as string,
    });
  });

  it('asks for a change of this queue', async () => {
    const { id } = await apply(promoteA);
    await expect(plan({ undoOf: id }, 'other')).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(plan({ undoOf: 'nothing' })).rejects.toMatchObject({ code: 'not-found' });
  });
});
