import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeDetail, ChangeWish } from '#lib/api/changes/schemas.ts';
import { buildIdsOf, queueDefault, setDefault, setOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';
import { hasCode } from '#server/errors.ts';
import { applyChange } from '#server/usecases/changes/apply-change.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';
import { openRealTemporal, type RealTemporal, writePatiently } from '#server/usecases/changes/testing/real-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { askWhatIf } from '#server/usecases/changes/what-if.ts';
import type { Ctx } from '#server/usecases/context.ts';

const address = process.env.PATCHBOARD_TEST_ADDRESS;
let real: RealTemporal;
let connection: Connection;
let ctx: Ctx;
beforeAll(async () => {
  real = await openRealTemporal(address);
  connection = await Connection.connect({ address: address ?? '' });
  ctx = testCtx(real.port);
});
afterAll(async () => {
  await ctx?.changes.stop();
  await connection?.close();
  await real?.close();
});

const plan = (taskQueue: string, operation: ChangeWish) =>
  planChange(ctx, { namespace: real.namespace, taskQueue, operation, reason: '' });

/** Plans and applies, again where the server's ten changes a second are used up. */
async function apply(taskQueue: string, operation: ChangeWish): Promise<ChangeDetail> {
  for (;;) {
    const { id: planId, mustConfirm } = await plan(taskQueue, operation);
    const confirm: true | string = mustConfirm ?? true;
    const input = { namespace: real.namespace, planId, confirm, idempotencyKey: randomUUID() };
    try {
      return await applyChange(ctx, input);
    } catch (error) {
      if (!hasCode(error, 'refused') || !String(error).includes('rate limit')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

async function lay(taskQueue: string, ...lists: string[][]): Promise<VersionSets> {
  for (const [first = '', ...others] of lists) {
    await writePatiently(real, taskQueue, { kind: 'add-new-default', buildId: first });
    for (const newBuildId of others) {
      const operation = {
        kind: 'add-new-compatible',
        newBuildId,
        existingBuildId: first,
        asQueueDefault: false,
      } as const;
      await writePatiently(real, taskQueue, operation);
    }
  }
  return real.readSets(taskQueue);
}

function routing(of: readonly string[], sets: VersionSets) {
  const served = of.map((buildId) => {
    const set = setOf(sets, buildId);
    return [buildId, set && setDefault(set)];
  });
  return { newRuns: queueDefault(sets), served };
}

describe('undoing on a real server', () => {
  it.each([
    ['a new set', { kind: 'add-new-default', buildId: 'n' }, 1],
    ['a new build', { kind: 'add-new-compatible', newBuildId: 'n', existingBuildId: 'a', asQueueDefault: false }, 1],
    ['both', { kind: 'add-new-compatible', newBuildId: 'n', existingBuildId: 'a', asQueueDefault: true }, 2],
    ['a set', { kind: 'promote-set', buildId: 'a' }, 1],
    ['a build', { kind: 'promote-within-set', buildId: 'a' }, 1],
  ] as const)('%s gives routing back', async (what, operation, steps) => {
    const taskQueue = `undo ${what}`;
    const before = await lay(taskQueue, ['a', 'a2'], ['c'], ['d']);
    const { id, outcome } = await apply(taskQueue, operation);
    expect(outcome).toBe('verified');
    expect(routing(buildIdsOf(before), await real.readSets(taskQueue))).not.toEqual(
      routing(buildIdsOf(before), before),
    );
    for (let step = 0; step < steps; step += 1) {
      expect(await apply(taskQueue, { undoOf: id })).toMatchObject({ outcome: 'verified', undoOf: id });
    }
    expect(routing(buildIdsOf(before), await real.readSets(taskQueue))).toEqual(routing(buildIdsOf(before), before));
    await expect(plan(taskQueue, { undoOf: id })).rejects.toMatchObject({ code: 'refused' });
  });

  it('of a merge, and of the first set, is said to be none before they are applied', async () => {
    expect((await plan('undo first', { kind: 'add-new-default', buildId: 'a' })).undo).toMatchObject({ kind: 'none' });
    await lay('undo merge', ['a'], ['b']);
    const merge = { kind: 'merge-sets', primaryBuildId: 'a', secondaryBuildId: 'b' } as const;
    expect((await plan('undo merge', merge)).undo).toEqual({ kind: 'none', why: 'merged' });
  });
});

describe('what a plan tells of a real server', () => {
  it('a merge wipes the rules, as many as were told', async () => {
    const { namespace } = real;
    const taskQueue = 'ruled';
    const { workflowService } = connection;
    await lay(taskQueue, ['a'], ['b']);
    for (const targetBuildId of ['r1', 'r2']) {
      const { conflictToken } = await workflowService.getWorkerVersioningRules({ namespace, taskQueue });
      await workflowService.updateWorkerVersioningRules({
        namespace,
        taskQueue,
        conflictToken,
        insertAssignmentRule: { ruleIndex: 0, rule: { targetBuildId } },
      });
    }
    const { conflictToken } = await workflowService.getWorkerVersioningRules({ namespace, taskQueue });
    const rule = { sourceBuildId: 'r1', targetBuildId: 'r2' };
    await workflowService.updateWorkerVersioningRules({
      namespace,
      taskQueue,
      conflictToken,
      addCompatibleRedirectRule: { rule },
    });
    expect(await real.port.getVersioningRules({ namespace, taskQueue })).toEqual({ assignment: 2, redirect: 1 });

    const kept = { kind: 'promote-set', buildId: 'a' } as const;
    await apply(taskQueue, kept);
    expect(await real.port.getVersioningRules({ namespace, taskQueue })).toEqual({ assignment: 2, redirect: 1 });
    const noMerge = { kind: 'merge-sets', primaryBuildId: 'a', secondaryBuildId: 'a' } as const;
    expect((await plan(taskQueue, noMerge)).notes.map(({ code }) => code)).not.toContain('rules-lost');
    await writePatiently(real, taskQueue, noMerge);
    expect(await real.port.getVersioningRules({ namespace, taskQueue })).toEqual({ assignment: 2, redirect: 1 });

    const merge = { kind: 'merge-sets', primaryBuildId: 'a', secondaryBuildId: 'b' } as const;
    expect((await plan(taskQueue, merge)).notes).toContainEqual({ code: 'rules-lost', buildId: null, count: 3 });
    await apply(taskQueue, merge);
    expect(await real.port.getVersioningRules({ namespace, taskQueue })).toEqual({ assignment: 0, redirect: 0 });
  });

  it('its own reachability of the builds that change their part', async () => {
    await lay('reached', ['a'], ['b']);
    const reached = async () => (await plan('reached', { kind: 'promote-set', buildId: 'a' })).reachability;
    // A plan does without it where the server's ten visibility calls a second are spent, here by the tests before.
    const found = expect.poll(reached, { timeout: 20_000, interval: 500 });
    await found.toMatchObject([{ buildId: 'a' }, { buildId: 'b', reachability: ['new-workflows'] }]);
  });

  it('what if ends where applying ends', async () => {
    const taskQueue = 'what if';
    await lay(taskQueue, ['a', 'a2'], ['b']);
    const operations: VersionSetOperation[] = [
      { kind: 'add-new-default', buildId: 'c' },
      { kind: 'add-new-compatible', newBuildId: 'b2', existingBuildId: 'b', asQueueDefault: true },
      { kind: 'promote-within-set', buildId: 'a' },
      { kind: 'merge-sets', primaryBuildId: 'c', secondaryBuildId: 'b' },
      { kind: 'promote-set', buildId: 'a2' },
      { kind: 'promote-set', buildId: 'a' },
    ];
    const { steps, refused } = await askWhatIf(ctx, { namespace: real.namespace, taskQueue, operations });
    expect(refused).toBeNull();
    expect(steps.map(({ isAlreadySo }) => isAlreadySo)).toEqual([false, false, false, false, false, true]);
    const applied: ChangeDetail[] = [];
    for (const operation of operations) applied.push(await apply(taskQueue, operation));
    for (const [index, { after }] of steps.entries()) {
      // In which order a merge mixes superseded build IDs is the server's own.
      const [told, found] = [after, applied[index]?.after ?? []].map((sets) =>
        sets.map(({ buildIds }) => [new Set(buildIds), buildIds.at(-1)]),
      );
      expect(told).toEqual(found);
    }
    expect((await real.readSets(taskQueue)).sets).toHaveLength(2);
  });

  it('the queues of a build ID that were seen', async () => {
    for (const taskQueue of ['seen 1', 'seen 2']) {
      await lay(taskQueue, ['shared']);
      await plan(taskQueue, { kind: 'promote-set', buildId: 'shared' });
    }
    const { limits } = await plan('seen 3', { kind: 'add-new-default', buildId: 'shared' });
    expect(limits).toContainEqual({ limit: 'task-queues-of-build-id', holds: 3, allows: 20 });
  });
});
