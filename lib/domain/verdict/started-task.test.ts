import { describe, expect, it } from 'vitest';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { isUnnamed, withoutCoveredTask, withoutUnnamed } from '#lib/domain/verdict/started-task.ts';
import { codesOf, safeEvidence } from '#lib/domain/verdict/testing/evidence.ts';
import { startedTask, run, tasks } from '#lib/domain/verdict/testing/runs.ts';

const MINUTE_MS = 60_000;
const good = safeEvidence('remove').types[0]?.runs ?? [];

/** A run that a holder completed a task of, and that somebody has now. */
function underWay(startedMs: number, changes: Parameters<typeof startedTask>[1]) {
  return run('under-way', { tasks: [...tasks('v2'), { ...startedTask(1, changes), timeMs: startedMs }] });
}

function codes(startedMs: number, workersFromMs: number | undefined, buildId: string | null = null) {
  const seen = workersFromMs === undefined ? {} : { workersFromMs };
  const runs = [...good, underWay(startedMs, { buildId })];
  return codesOf(judgePatch(safeEvidence('remove', { runs, ...seen })));
}

describe('a started task of which Temporal does not say whose it is', () => {
  it('is somebody’s who was read as a worker, when it started while workers stay listed', () => {
    const readMs = 100 * MINUTE_MS;
    expect(codes(readMs + MINUTE_MS, readMs)).toEqual([]);
    expect(codes(readMs - 4 * MINUTE_MS, readMs)).toEqual([]);
  });

  it('is not known, and does not block, when nobody can say who polled then', () => {
    const readMs = 100 * MINUTE_MS;
    expect(codes(readMs - 4 * MINUTE_MS - 1, readMs)).toEqual(['task-under-way']);
    expect(codes(readMs, undefined)).toEqual(['task-under-way']);
  });

  it('blocks like any other when its worker is named and not known to have the call', () => {
    const readMs = 100 * MINUTE_MS;
    expect(codes(readMs + 1, readMs, 'v1')).toEqual(['may-hold-old-branch']);
  });

  it('is not named by a build alone where the run belongs to a deployment', () => {
    const readMs = 100 * MINUTE_MS;
    const deployed = tasks('v2').map((task) => ({ ...task, worker: { ...task.worker, deploymentVersion: 'd:v2' } }));
    const started = { ...startedTask(1, { buildId: 'v2' }), timeMs: readMs };
    const runs = [...good, run('deployed', { tasks: [...deployed, started] })];
    const verdict = judgePatch(safeEvidence('remove', { runs, workersFromMs: readMs - 5 * MINUTE_MS }));
    // The deployment version itself is not known to have the call; the started task adds nothing to that.
    expect(codesOf(verdict)).toEqual(['may-hold-old-branch']);
    const late = judgePatch(
      safeEvidence('remove', { runs: [...good, run('new', { tasks: [started] })], workersFromMs: readMs }),
    );
    expect(codesOf(late)).toEqual([]);
  });
});

describe('isUnnamed', () => {
  const of = (...own: ReturnType<typeof tasks>) => {
    const { facts } = run('a', { tasks: own });
    const last = own.at(-1);
    return facts !== null && last !== undefined && isUnnamed(last, facts);
  };
  const deployed = tasks({ deploymentVersion: 'd:v1' });

  it('is a started task without a build, or without the deployment that its run has', () => {
    expect(of(startedTask(0, { buildId: null }))).toBe(true);
    expect(of(...deployed, startedTask(1, { buildId: 'v1' }))).toBe(true);
    expect(of(...deployed, ...tasks('v2'), startedTask(2, { buildId: 'v1' }))).toBe(true);
  });

  it('is no other task', () => {
    expect(of(startedTask(0, { buildId: 'v1' }))).toBe(false);
    expect(of(...tasks('v2'), startedTask(1, { buildId: 'v1' }))).toBe(false);
    expect(of(...deployed, startedTask(1, { deploymentVersion: 'd:v1' }))).toBe(false);
    expect(of(...tasks({ buildId: null }))).toBe(false);
  });
});

describe('a stamp without the deployment', () => {
  it('is not taken for the worker of that name without deployment', () => {
    // `v2` of the queue deprecates; the run belongs to `d:v2`, of which nothing is known.
    const own = run('own', {
      tasks: [...tasks('v2'), ...tasks({ deploymentVersion: 'd:v2' }), startedTask(2, { buildId: 'v2' })],
    });
    const { reasons } = judgePatch(safeEvidence('remove', { runs: [...good, own] }));
    expect(reasons).toMatchObject([{ code: 'may-hold-old-branch', examples: [{ runId: 'own' }] }]);
    const known = run('own', { tasks: [...tasks('v2'), startedTask(1, { buildId: 'v2' })] });
    expect(judgePatch(safeEvidence('remove', { runs: [...good, known] })).answer).toBe('safe');
    const { facts } = own;
    expect(facts && withoutUnnamed(facts).tasks.at(-1)).toMatchObject({ worker: { buildId: null } });
    expect(facts && withoutUnnamed(facts).tasks).toHaveLength(3);
    for (const named of [known, run('x', { tasks: [] }), run('y', { tasks: [startedTask(0, { buildId: null })] })]) {
      expect(named.facts && withoutUnnamed(named.facts)).toBe(named.facts);
    }
  });
});

describe('withoutCoveredTask', () => {
  const started = startedTask(2, { buildId: null });

  it('leaves out the last task alone', () => {
    const own = run('a', { tasks: [...tasks('v1', 'v2'), started] });
    expect(withoutCoveredTask(own, started.timeMs)).toEqual(run('a', { tasks: tasks('v1', 'v2') }));
    expect(withoutCoveredTask(own, undefined)).toBe(own);
  });

  it('leaves other runs as they are', () => {
    for (const own of [run('a', { isUnread: true }), run('a', { tasks: [] }), run('a', { tasks: tasks('v1', 'v2') })]) {
      expect(withoutCoveredTask(own, 0)).toBe(own);
    }
  });
});
