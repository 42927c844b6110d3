import { describe, expect, it } from 'vitest';
import { bothClasses, classFor, classOf } from '#lib/domain/verdict/testing/classes.ts';
import { evidence } from '#lib/domain/verdict/testing/evidence.ts';
import { floor } from '#lib/domain/verdict/testing/facts.ts';
import {
  at,
  coreMarker,
  deprecated,
  live,
  PATCH,
  run,
  startedTask,
  tasks,
  versionMarker,
} from '#lib/domain/verdict/testing/runs.ts';

describe('1 unknown', () => {
  it('is a run that was not read, or holds a marker that nobody can decode', () => {
    expect(bothClasses({ isUnread: true })).toEqual(['unknown', 'unknown']);
    const unreadable = [{ eventId: 7, reason: 'encrypted-or-encoded' as const }];
    expect(bothClasses({ tasks: tasks('v3'), markers: [deprecated], unreadable })).toEqual(['unknown', 'unknown']);
    expect(bothClasses({ tasks: [], unreadable })).toEqual(['unknown', 'unknown']);
  });

  it('comes before the fence: a run that cannot be read is not known to be pinned', () => {
    const unreadable = [{ eventId: 7, reason: 'not-json' as const }];
    const target = { build: 'd:v2', setsByQueue: new Map() };
    const pinned = run('a', { pinnedByWorker: 'd:v1', unreadable });
    expect(classOf(evidence({ runs: [pinned], target }))).toBe('unknown');
  });
});

describe('2 fenced', () => {
  it('comes before all that its history says', () => {
    const target = { build: 'd:v2', setsByQueue: new Map() };
    const pinned = run('a', { pinnedByWorker: 'd:v1', markers: [live] });
    expect(classOf(evidence({ runs: [pinned], target }))).toBe('fenced');
    expect(classOf(evidence({ runs: [pinned] }))).toBe('marker-live');
    expect(classOf(evidence({ runs: [run('a', { pinnedByWorker: 'd:v1', tasks: [] })], target }))).toBe('fenced');
  });
});

describe('3 no task yet', () => {
  it('is a run that no worker has taken', () => {
    expect(bothClasses({ tasks: [] })).toEqual(['no-task-yet', 'no-task-yet']);
    expect(bothClasses({ tasks: [startedTask(0, { buildId: 'v1' })] })).toEqual([
      'may-hold-old-branch',
      'may-hold-old-branch',
    ]);
  });
});

describe('4 survived', () => {
  const marker = coreMarker(PATCH, true, at(0));

  it('is a run whose last task a deprecator completed', () => {
    expect(bothClasses({ tasks: tasks('v1', 'v3'), markers: [marker] })).toEqual(['survived', 'survived']);
    expect(bothClasses({ tasks: tasks('v3', 'v1'), markers: [marker] })).toEqual([
      'marker-deprecated',
      'marker-deprecated',
    ]);
    expect(bothClasses({ tasks: tasks('v1', 'v2'), markers: [marker] })).toEqual([
      'marker-deprecated',
      'marker-deprecated',
    ]);
  });

  it('is without a marker for `remove` alone: where the old branch is still run, one may go on in it', () => {
    expect(bothClasses({ tasks: tasks('v1', 'v3') })).toEqual(['may-hold-old-branch', 'survived']);
    expect(bothClasses({ tasks: tasks('v3', 'v1') })).toEqual(['may-hold-old-branch', 'may-hold-old-branch']);
    expect(bothClasses({ tasks: tasks('v1', 'v2') })).toEqual(['may-hold-old-branch', 'may-hold-old-branch']);
  });

  it('is not for `remove` when its marker is live', () => {
    expect(bothClasses({ tasks: tasks('v2', 'v3'), markers: [live] })).toEqual(['survived', 'marker-live']);
  });

  it('counts a started task as its worker’s: it may go on from there', () => {
    const then = (buildId: string, from = 'v3') => [
      classFor('deprecate', { tasks: [...tasks('v2', from), startedTask(2, { buildId })], markers: [live] }),
      classFor('remove', { tasks: [...tasks('v1', from), startedTask(2, { buildId })] }),
    ];
    expect(then('v3')).toEqual(['survived', 'survived']);
    expect(then('v2')).toEqual(['survived', 'may-hold-old-branch']);
    expect(then('v1')).toEqual(['marker-live', 'may-hold-old-branch']);
    // A deprecator that only started has not replayed anything yet.
    expect(then('v3', 'v2')).toEqual(['marker-live', 'may-hold-old-branch']);
    expect(classFor('remove', { tasks: [startedTask(0, { buildId: 'v3' })] })).toBe('not-reached');
  });

  it('may rest on a floor at the time of the task', () => {
    const since = (sinceMs: number) =>
      classFor('remove', { tasks: tasks('v1', 'x') }, [floor('deprecate-patch', { sinceMs })]);
    expect(since(2_000)).toBe('survived');
    expect(since(2_001)).toBe('may-hold-old-branch');
  });
});

describe('5 marker', () => {
  it('deprecated clears both', () => {
    expect(bothClasses({ tasks: tasks('v3', 'v1'), markers: [deprecated] })).toEqual([
      'marker-deprecated',
      'marker-deprecated',
    ]);
  });

  it('live clears `deprecate` and blocks `remove`', () => {
    expect(bothClasses({ tasks: tasks('x'), markers: [live] }, [])).toEqual(['marker-live', 'marker-live']);
  });

  it('of which there are two counts by the one that hinders', () => {
    const two = { tasks: tasks('v2', 'v3'), markers: [coreMarker(PATCH, true, at(1)), live] };
    expect(classFor('remove', two)).toBe('marker-live');
    expect(classFor('remove', { ...two, markers: two.markers.toReversed() })).toBe('marker-live');
    expect(classFor('deprecate', { ...two, tasks: tasks('v2', 'v3', 'x') })).toBe('marker-live');
  });

  it('of another kind, id or spelling is none', () => {
    const others = [versionMarker(PATCH, 1), coreMarker('other', true), coreMarker('MY-PATCH', true)];
    expect(bothClasses({ tasks: tasks('v1'), markers: others })).toEqual([
      'may-hold-old-branch',
      'may-hold-old-branch',
    ]);
  });

  it('that may be left out of the list is no clearance: labels say nothing', () => {
    const labelled = { tasks: tasks('v1'), labels: [PATCH], runLabels: [PATCH], buildIds: ['unversioned:v3'] };
    expect(bothClasses(labelled)).toEqual(['may-hold-old-branch', 'may-hold-old-branch']);
  });
});
