import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangePlan } from '#lib/api/changes/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { applyChange } from '#server/usecases/changes/apply-change.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';
import { openRealTemporal, type RealTemporal, writePatiently } from '#server/usecases/changes/testing/real-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { getTaskQueue } from '#server/usecases/task-queues/get-task-queue.ts';
import type { Ctx } from '#server/usecases/context.ts';

let real: RealTemporal;
let ctx: Ctx;
beforeAll(async () => {
  real = await openRealTemporal(process.env.PATCHBOARD_TEST_ADDRESS);
  ctx = testCtx(real.port);
});
afterAll(async () => {
  await ctx?.changes.stop();
  await real?.close();
});

const plan = (taskQueue: string, operation: VersionSetOperation) =>
  planChange(ctx, { namespace: real.namespace, taskQueue, operation, reason: '' });
const apply = ({ id: planId, mustConfirm }: ChangePlan) =>
  applyChange(ctx, { namespace: real.namespace, planId, confirm: mustConfirm ?? true, idempotencyKey: randomUUID() });
const lists = async (taskQueue: string) => (await real.readSets(taskQueue)).sets.map((set) => set.buildIds);

describe('changes on a real server', () => {
  it('carries out all five operations, each read back as planned', async () => {
    const steps: [VersionSetOperation, string[][]][] = [
      [{ kind: 'add-new-default', buildId: 'a' }, [['a']]],
      [{ kind: 'add-new-compatible', newBuildId: 'a2', existingBuildId: 'a', asQueueDefault: false }, [['a', 'a2']]],
      [{ kind: 'add-new-default', buildId: 'b' }, [['a', 'a2'], ['b']]],
      [{ kind: 'promote-set', buildId: 'a' }, [['b'], ['a', 'a2']]],
      [{ kind: 'promote-within-set', buildId: 'a' }, [['b'], ['a2', 'a']]],
      [{ kind: 'merge-sets', primaryBuildId: 'a', secondaryBuildId: 'b' }, [['a2', 'b', 'a']]],
    ];
    for (const [operation, expected] of steps) {
      const planned = await plan('five', operation);
      const change = await apply(planned);
      expect(change, JSON.stringify(operation)).toMatchObject({ outcome: 'verified', stored: { is: true } });
      expect(await lists('five')).toEqual(
        expected.map((ids) => (ids.length === 3 ? (expect.arrayContaining(ids) as string[]) : ids)),
      );
      expect(change.after?.map((set) => set.buildIds)).toEqual(await lists('five'));
    }
    expect((await lists('five'))[0]?.at(-1)).toBe('a');
    const again = await plan('five', { kind: 'promote-within-set', buildId: 'a' });
    expect(again.isAlreadySo).toBe(true);
    expect(await apply(again)).toMatchObject({ outcome: 'already-so' });
  });

  it('refuses to write over what someone else changed since the plan', async () => {
    await writePatiently(real, 'contested', { kind: 'add-new-default', buildId: 'a' });
    const planned = await plan('contested', { kind: 'add-new-default', buildId: 'mine' });
    await writePatiently(real, 'contested', { kind: 'add-new-default', buildId: 'theirs' });
    await expect(apply(planned)).rejects.toMatchObject({ code: 'changed-since-plan', status: 412 });
    expect(await lists('contested')).toEqual([['a'], ['theirs']]);
  });

  it('tells a change that someone else came in between from its own', async () => {
    await writePatiently(real, 'raced', { kind: 'add-new-default', buildId: 'a' });
    const planned = await plan('raced', { kind: 'add-new-default', buildId: 'mine' });
    const raced: Ctx = {
      ...ctx,
      temporal: {
        ...real.port,
        updateVersionSets: async (input, options) => {
          await writePatiently(real, 'raced', { kind: 'add-new-default', buildId: 'theirs' });
          return real.port.updateVersionSets(input, options);
        },
      },
    };
    const input = { namespace: real.namespace, planId: planned.id, confirm: 'mine', idempotencyKey: randomUUID() };
    expect(await applyChange(raced, input)).toMatchObject({ outcome: 'superseded', stored: { is: false } });
    expect(await lists('raced')).toEqual([['a'], ['theirs'], ['mine']]);
  });

  it('gives the reason of the server, word for word, before anything is sent', async () => {
    await writePatiently(real, 'refusing', { kind: 'add-new-default', buildId: 'a' });
    const operation: VersionSetOperation = { kind: 'promote-set', buildId: 'nobody' };
    const sent = writePatiently(real, 'refusing', operation);
    const message = await sent.then(
      () => '',
      (error: Error) => error.message,
    );
    await expect(plan('refusing', operation)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining(message) as string,
    });
  });

  it('shows the queue: default first, runs counted by calls, a queue nobody knows as empty', async () => {
    const taskQueue = "it's ours";
    for (const buildId of ['v1', `o'brien\\`])
      await writePatiently(real, taskQueue, { kind: 'add-new-default', buildId });
    const input = { namespace: real.namespace, name: taskQueue };
    const queue = await getTaskQueue(ctx, input);
    expect(queue.versionSets.map((set) => set.buildIds.map((build) => build.buildId))).toEqual([[`o'brien\\`], ['v1']]);
    // No list filter can name a backslash on every store: that count is unknown, never a false 0.
    expect(queue.versionSets.map((set) => set.openRuns)).toEqual([null, 0]);
    const plain = await getTaskQueue(ctx, { ...input, name: 'nobody-knows' });
    expect(plain).toMatchObject({ family: 'on', versionSets: [], unversioned: { openRuns: 0, pollers: 0 } });
  });
});
