import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { isFencedRun, isFencedWorker, isTargetToCome } from '#lib/domain/verdict/fence.ts';
import { routed, worker } from '#lib/domain/verdict/testing/evidence.ts';
import { run, startedTask, tasks } from '#lib/domain/verdict/testing/runs.ts';
import type { TargetBuild, WorkerSeen } from '#lib/domain/verdict/types.ts';

/** Queue `queue` has two incompatible sets; `2.1` is what the change will be deployed as. */
const sets = { sets: [{ buildIds: ['1.0', '1.1'] }, { buildIds: ['2.0', '2.1'] }] };
const target: TargetBuild = { build: '2.1', setsByQueue: new Map([['queue', sets]]) };
const versioned = (buildId: string | null) => ({ buildId, useVersioning: true });

function isFenced(each: CensusRun, aim: TargetBuild | null = target): boolean {
  if (each.facts === null) throw new Error('the run is read');
  return isFencedRun(each, each.facts, aim);
}

describe('a run and version sets', () => {
  it.each([
    ['of another set', tasks(versioned('1.0')), true],
    ['of another set, by its last task', tasks(versioned('2.0'), versioned('1.1')), true],
    ['of the same set', tasks(versioned('2.0')), false],
    ['of the target itself', tasks(versioned('2.1')), false],
    ['of the same set, by its last task', tasks(versioned('1.0'), versioned('2.0')), false],
    ['of a build in no set', tasks(versioned('9.9')), false],
    ['of a worker that names no build', tasks(versioned(null)), false],
    ['that unversioned workers began', tasks('1.0', '2.0'), true],
    ['that an unversioned worker holds after a versioned one', tasks(versioned('1.0'), '1.0'), false],
    ['that a deployment began', tasks({ deploymentVersion: 'd:1.0' }, '1.0'), false],
    ['that a deployment holds, whatever sets say', tasks({ ...versioned('1.0'), deploymentVersion: 'd:1.0' }), false],
    ['that a worker of another set has taken', [startedTask(0, versioned('1.0'))], true],
    ['that an unversioned worker has taken', [startedTask(0, { buildId: '1.0' })], true],
    ['that somebody has taken who is not named', [startedTask(0, { buildId: null })], false],
    [
      'of another set, taken by who is not named',
      [...tasks(versioned('1.0')), startedTask(1, { buildId: null })],
      true,
    ],
    [
      'of the same set, taken by who is not named',
      [...tasks(versioned('2.0')), startedTask(1, { buildId: null })],
      false,
    ],
    ['that unversioned workers began, without build IDs', tasks({ buildId: null }), true],
    ['without a task', [], false],
  ])('%s', (_name, own, expected) => {
    expect(isFenced(run('a', { tasks: own }))).toBe(expected);
  });

  it('is free while the question names no build', () => {
    expect(isFenced(run('a', { tasks: tasks(versioned('1.0')) }), null)).toBe(false);
  });

  it('is free where the target is in no set, or the queue has none', () => {
    const runs = [run('a', { tasks: tasks(versioned('1.0')) }), run('b', { tasks: tasks('1.0') })];
    for (const each of runs) {
      expect(isFenced(each, { ...target, build: '3.0' })).toBe(false);
      expect(isFenced(each, { build: '2.1', setsByQueue: new Map() })).toBe(false);
      expect(isFenced(each, { build: '2.1', setsByQueue: new Map([['other', sets]]) })).toBe(false);
    }
    expect(isFenced(run('a', { tasks: tasks(versioned('1.0')), queue: 'other' }))).toBe(false);
  });
});

describe('a run and pinning', () => {
  const free = tasks({ deploymentVersion: 'd:v1' });
  const aim: TargetBuild = { build: 'd:v2', setsByQueue: new Map() };

  it('stays with the version that its worker pinned it to', () => {
    expect(isFenced(run('a', { tasks: free, pinnedByWorker: 'd:v1' }), aim)).toBe(true);
    expect(isFenced(run('a', { tasks: free, pinnedByWorker: 'd:v2' }), aim)).toBe(false);
    expect(isFenced(run('a', { tasks: free }), aim)).toBe(false);
    expect(isFenced(run('a', { tasks: free, pinnedByWorker: 'd:v1' }), null)).toBe(false);
  });

  it('goes where an override sends it', () => {
    const of = (versioningOverride: string) =>
      isFenced(run('a', { tasks: free, pinnedByWorker: 'd:v1', versioningOverride }), aim);
    expect(of('d:v2')).toBe(false);
    expect(of('auto-upgrade')).toBe(false);
    expect(of('d:v3')).toBe(true);
    expect(isFenced(run('a', { tasks: free, pinnedByWorker: 'd:v2', versioningOverride: 'd:v1' }), aim)).toBe(true);
  });

  it('counts whether sets know the builds or not', () => {
    const pinned = { tasks: tasks(versioned('1.0')), pinnedByWorker: 'd:2.1' };
    expect(isFenced(run('a', pinned))).toBe(false);
  });

  it('may be asked by the build alone', () => {
    const byBuild = (build: string) => ({ build, setsByQueue: new Map() });
    const pinned = (pin: string) => run('a', { tasks: free, pinnedByWorker: pin });
    expect(isFenced(pinned('d:v2'), byBuild('v2'))).toBe(false);
    expect(isFenced(pinned('other:v2'), byBuild('v2'))).toBe(false);
    expect(isFenced(pinned('d:git:abc'), byBuild('git:abc'))).toBe(false);
    expect(isFenced(pinned('d:git:abc'), byBuild('abc'))).toBe(true);
    expect(isFenced(pinned('d:v2'), byBuild('d'))).toBe(true);
  });
});

describe('a worker', () => {
  const inSet = (buildId: string | null, changes: Partial<WorkerSeen> = {}) =>
    worker(buildId, { useVersioning: true, ...changes });

  it.each([
    ['of another set', inSet('1.1'), true],
    ['of another set that takes new runs', routed('1.1', { useVersioning: true }), true],
    ['of the target’s set', inSet('2.0'), false],
    ['in no set', inSet('9.9'), false],
    ['that names no build', inSet(null), false],
    ['without versioning', worker('2.1'), true],
    ['of another queue', inSet('1.1', { taskQueue: 'other' }), false],
    ['without versioning, of another queue', worker('1.0', { taskQueue: 'other' }), false],
  ])('%s', (_name, each, expected) => {
    expect(isFencedWorker(each, target)).toBe(expected);
    expect(isFencedWorker(each, null)).toBe(false);
    expect(isFencedWorker(each, { ...target, build: '3.0' })).toBe(false);
  });

  it('of an old deployment version gets pinned runs alone; the current one gets all', () => {
    const aim: TargetBuild = { build: 'd:v2', setsByQueue: new Map([['queue', sets]]) };
    expect(isFencedWorker(worker('v1', { deploymentVersion: 'd:v1' }), aim)).toBe(true);
    expect(isFencedWorker(worker('v2', { deploymentVersion: 'd:v2' }), aim)).toBe(false);
    expect(isFencedWorker(routed('v1', { deploymentVersion: 'd:v1' }), aim)).toBe(false);
    expect(isFencedWorker(worker('v1', { deploymentVersion: 'd:v1' }), null)).toBe(false);
  });
});

describe('the target itself', () => {
  it('is to come while routing names it', () => {
    const deployed = { build: 'd:v2', setsByQueue: new Map() };
    const byBuild = { build: 'v2', setsByQueue: new Map() };
    const current = routed('v2', { deploymentVersion: 'd:v2' });
    expect([isTargetToCome(current, deployed), isTargetToCome(current, byBuild)]).toEqual([true, true]);
    expect(isTargetToCome(routed('2.1', { useVersioning: true }), target)).toBe(true);
    expect(isTargetToCome(routed('2.0', { useVersioning: true }), target)).toBe(false);
    expect(isTargetToCome(routed('v1', { deploymentVersion: 'd:v1' }), deployed)).toBe(false);
    expect(isTargetToCome(routed('v2'), deployed)).toBe(false);
  });

  it('is no more to come once it polls, nor where no build is named', () => {
    expect(isTargetToCome(worker('2.1', { useVersioning: true }), target)).toBe(false);
    expect(isTargetToCome(routed('2.1'), null)).toBe(false);
  });
});
