import { describe, expect, it } from 'vitest';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import { CodedError } from '#server/errors.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { openBudget } from '#server/usecases/verdict/budget.ts';
import { watchWorkers } from '#server/usecases/verdict/gather/worker-watch.ts';
import { createFakeNamespaces } from '#server/usecases/verdict/testing/fake-namespaces.ts';

const MINUTE_MS = 60_000;

function polls(buildId: string | null, over: Partial<Poller> = {}): Poller {
  return {
    identity: 'w',
    taskKind: 'workflow',
    lastPollMs: 1,
    buildId,
    useVersioning: false,
    deploymentVersion: null,
    ...over,
  };
}

function watched() {
  const fake = createFakeNamespaces();
  let nowMs = 1_000_000;
  const ctx = testCtx(fake.port, { now: () => nowMs });
  const budget = openBudget(ctx, { timeoutMs: 10_000, maxHistories: 1 });
  return {
    fake,
    watch: watchWorkers(ctx, 'default', budget, nowMs),
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('watchWorkers', () => {
  it('gives the union over its readings, one entry for each code with its workers by name', async () => {
    const { fake, watch } = watched();
    fake.pollers.set('q', [polls('v1', { identity: 'a' }), polls('v2')]);
    await watch.read(['q']);
    fake.pollers.set('q', [polls('v1', { identity: 'b', lastPollMs: 5 }), polls('act', { taskKind: 'activity' })]);
    await watch.read([]);
    expect(watch.workersOf(['q'])).toMatchObject([
      { buildId: 'v1', pollers: ['a', 'b'], lastPollMs: 5, isRouted: false },
      { buildId: 'v2', pollers: ['w'] },
    ]);
  });

  it('is watched after two readings, and not after one or with a gap in which a worker could come and go', async () => {
    const { watch, wait } = watched();
    await watch.read(['q']);
    expect(watch.isWatched(['q'])).toBe(false);
    wait(4 * MINUTE_MS);
    await watch.read([]);
    expect(watch.isWatched(['q'])).toBe(true);
    expect(watch.isWatched(['q', 'other'])).toBe(false);
    wait(4 * MINUTE_MS + 1);
    await watch.read([]);
    expect(watch.isWatched(['q'])).toBe(false);
  });

  it('does not count as watched what was read long after the first history', async () => {
    const { watch, wait } = watched();
    wait(4 * MINUTE_MS + 1);
    await watch.read(['q']);
    await watch.read([]);
    expect(watch.isWatched(['q'])).toBe(false);
  });

  it('reads again between histories when minutes have passed, once for all who ask', async () => {
    const { fake, watch, wait } = watched();
    await watch.read(['q']);
    fake.pollers.set('q', [polls('late')]);
    await watch.keep();
    expect(watch.workersOf(['q'])).toEqual([]);
    wait(3 * MINUTE_MS);
    await Promise.all([watch.keep(), watch.keep()]);
    expect(watch.workersOf(['q'])).toMatchObject([{ buildId: 'late' }]);
    expect(watch.isWatched(['q'])).toBe(true);
  });

  it('counts what routing names although nothing polls: current, ramping and the queue default', async () => {
    const { fake, watch } = watched();
    fake.port.getQueueRouting = async () => ({ current: 'd:1', ramping: 'd:2' });
    fake.port.getVersionSets = async () => ({ sets: [{ buildIds: ['old'] }, { buildIds: ['b1', 'b2'] }] });
    await watch.read(['q']);
    expect(watch.workersOf(['q'])).toMatchObject([
      { deploymentVersion: 'd:1', isRouted: true, pollers: [] },
      { deploymentVersion: 'd:2', isRouted: true },
      { buildId: 'b2', useVersioning: true, isRouted: true },
    ]);
    expect(watch.setsByQueue().get('q')).toEqual({ sets: [{ buildIds: ['old'] }, { buildIds: ['b1', 'b2'] }] });
  });

  it('takes a namespace without version sets as it is, and fails with Temporal', async () => {
    const { fake, watch } = watched();
    fake.port.getVersionSets = () => Promise.reject(new CodedError('family-off', 'off', ''));
    await watch.read(['q']);
    expect(watch.setsByQueue().get('q')).toEqual({ sets: [] });
    fake.port.listPollers = () => Promise.reject(new CodedError('temporal-unreachable', 'gone', ''));
    await expect(watch.read(['q'])).rejects.toMatchObject({ code: 'temporal-unreachable' });
  });
});
