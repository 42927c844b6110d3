import { beforeEach, describe, expect, it } from 'vitest';
import { changePlanSchema } from '#lib/api/changes/schemas.ts';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { CodedError } from '#server/errors.ts';
import { listChanges } from '#server/usecases/changes/list-changes.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';
import { createChangeBench, namespace, promoteA, taskQueue } from '#server/usecases/changes/testing/change-bench.ts';
import type { FakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { FAST } from '#server/usecases/changes/testing/test-ctx.ts';
import type { Ctx } from '#server/usecases/context.ts';

const addN: VersionSetOperation = { kind: 'add-new-default', buildId: 'n' };
const mergeAB: VersionSetOperation = { kind: 'merge-sets', primaryBuildId: 'a', secondaryBuildId: 'b' };
const off = new CodedError('family-off', 'rules are off', '');

let fake: FakeTemporal;
let ctx: Ctx;

beforeEach(() => {
  ({ fake, ctx } = createChangeBench());
});

const plan = (operation: VersionSetOperation = promoteA, over: Partial<Ctx> = {}) =>
  planChange({ ...ctx, ...over }, { namespace, taskQueue, operation, reason: 'because' }, FAST);
const codes = async (operation: VersionSetOperation) => (await plan(operation)).notes.map(({ code }) => code);

/** What the queue's page does when it looks: the sets of a queue become known here. */
async function see(queue: string, ...buildIds: string[]): Promise<void> {
  const sets = { sets: buildIds.map((buildId) => ({ buildIds: [buildId] })) };
  await ctx.changes.noticeReading({ namespace, taskQueue: queue, sets, readFromMs: 1 });
}

describe('a plan', () => {
  it('is kept as it was told, and is what the contract says', async () => {
    const planned = await plan();
    expect(changePlanSchema.parse(planned)).toEqual(planned);
    expect(await ctx.changes.findPlan(namespace, planned.id)).toEqual(planned);
    expect(planned).toMatchObject({
      taskQueue,
      operation: promoteA,
      reason: 'because',
      undoOf: null,
      before: [{ buildIds: ['a'] }, { buildIds: ['b'] }],
      after: [{ buildIds: ['b'] }, { buildIds: ['a'] }],
      undo: { kind: 'operations', operations: [{ kind: 'promote-set', buildId: 'b' }], leaves: 'nothing' },
      mustConfirm: 'a',
    });
  });

  it('counts nothing and keeps nothing where Temporal would refuse', async () => {
    await expect(plan({ kind: 'promote-set', buildId: 'nobody' })).rejects.toMatchObject({
      code: 'refused',
      message: 'Temporal would refuse this: targeted version nobody not found.',
    });
    expect(fake.queries).toEqual([]);
    expect(fake.asked).toEqual([]);
  });

  it('notices what was changed outside since the queue was last seen', async () => {
    await see(taskQueue, 'a');
    await plan();
    const { items } = await listChanges(ctx, { namespace, limit: 10 });
    expect(items).toMatchObject([{ kind: 'outside', before: [{ buildIds: ['a'] }] }]);
  });

  it('wants no confirmation where a worker polls with the new default', async () => {
    const worker: Poller = {
      identity: 'w',
      taskKind: 'workflow',
      lastPollMs: 1,
      buildId: 'a',
      useVersioning: true,
      deploymentVersion: null,
    };
    fake.pollers.push(worker);
    expect((await plan()).mustConfirm).toBeNull();
  });
});

describe('rules', () => {
  it('are read for a merge alone, and told when it wipes them', async () => {
    fake.rules = { assignment: 2, redirect: 1 };
    const { notes } = await plan(mergeAB);
    expect(notes).toContainEqual({ code: 'rules-lost', buildId: null, count: 3 });
    expect(fake.asked).toContain('rules');
    fake.asked.length = 0;
    await plan(promoteA);
    await plan(addN);
    expect(fake.asked).not.toContain('rules');
  });

  it('that cannot be read are unknown, and the plan stands', async () => {
    fake.rules = off;
    expect(await codes(mergeAB)).toContain('rules-not-known');
    fake.rules = { assignment: 0, redirect: 0 };
    expect((await codes(mergeAB)).filter((code) => code.startsWith('rules'))).toEqual([]);
  });
});

describe('other queues of a build ID', () => {
  it('are those whose sets were seen, without the queue itself', async () => {
    await see('other', 'n', 'm');
    await see('third', 'n');
    await see(taskQueue, 'a', 'b');
    const limit = { limit: 'task-queues-of-build-id', holds: 3, allows: 20 };
    expect((await plan(addN)).limits).toContainEqual(limit);
    expect((await plan(promoteA)).limits).toEqual([]);
  });

  it('are not told of when the store cannot be read', async () => {
    const listSeen = () => Promise.reject(new CodedError('store-unavailable', 'gone', ''));
    const { limits } = await plan(addN, { changes: { ...ctx.changes, listSeen } });
    expect(limits.map(({ limit }) => limit)).toEqual(['sets', 'build-ids']);
  });
});

describe('the server’s own reachability', () => {
  it('is asked for the build IDs whose part changes', async () => {
    fake.reachability = (buildId) => (buildId === 'b' ? ['new-workflows', 'existing-workflows'] : []);
    const { reachability } = await plan();
    expect(reachability).toEqual([
      { buildId: 'a', reachability: [] },
      { buildId: 'b', reachability: ['new-workflows', 'existing-workflows'] },
    ]);
    expect(fake.asked).toEqual(['reachability:a,b']);
  });

  it('is not known where it fails or the budget does not come, which fails no plan', async () => {
    fake.reachability = () => new CodedError('temporal-error', 'Internal error', '');
    expect((await plan()).reachability).toBeNull();
    fake.reachability = () => [];
    const takeVisibility = () => Promise.reject(new CodedError('aborted', 'too late', ''));
    expect((await plan(promoteA, { census: { ...ctx.census, takeVisibility } })).reachability).toBeNull();
  });

  it('is not asked where nothing changes', async () => {
    expect((await plan({ kind: 'promote-set', buildId: 'b' })).reachability).toEqual([]);
    expect(fake.asked).toEqual([]);
  });

  it('ends with the caller', async () => {
    const gone = new AbortController();
    fake.reachability = () => {
      gone.abort();
      return new CodedError('aborted', 'aborted', '');
    };
    await expect(plan(promoteA, { signal: gone.signal })).rejects.toMatchObject({ code: 'aborted' });
  });
});
