import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { type IdentityRecord, isCaller, openIdentityBook } from '#lib/domain/verdict/identity-book.ts';
import { identityKey } from '#lib/domain/verdict/identity.ts';
import { build, corePatch, deployment, versionPatch } from '#lib/domain/verdict/testing/facts.ts';
import {
  at,
  completedAt,
  coreMarker,
  deprecated,
  live,
  PATCH,
  run,
  startedTask,
  tasks,
  versionMarker,
} from '#lib/domain/verdict/testing/runs.ts';

function recordOf(
  runs: readonly CensusRun[],
  identity = build('v1'),
  patch: typeof corePatch | typeof versionPatch = corePatch,
) {
  return openIdentityBook(runs, { patch, workflowType: 'T' }).get(identityKey(identity));
}

const nothing: Partial<IdentityRecord> = { live: 0, deprecated: 0, hasPassedLive: false, firstProofMs: null };

describe('what an identity recorded', () => {
  it('counts by the task that wrote the marker', () => {
    const runs = [
      run('a', { tasks: tasks('v1', 'v2'), markers: [live] }),
      run('b', { tasks: tasks('v1', 'v2'), markers: [coreMarker(PATCH, true, at(1))] }),
      run('c', { tasks: tasks('v1'), markers: [live] }),
    ];
    expect(recordOf(runs)).toMatchObject({ live: 2, deprecated: 0 });
    expect(recordOf(runs, build('v2'))).toMatchObject({ live: 0, deprecated: 1 });
  });

  it('is its versions for GetVersion', () => {
    const runs = [1, 2, 2].map((version, index) =>
      run(`r${index}`, { tasks: tasks('v1'), markers: [versionMarker(PATCH, version)] }),
    );
    const record = recordOf(runs, build('v1'), versionPatch);
    expect(record).toMatchObject({ live: 0, deprecated: 0, firstProofMs: 1_000 });
    expect([...(record?.versions ?? [])]).toEqual([1, 2]);
  });

  it('is no version where the marker tells none', () => {
    const marker = { ...versionMarker(PATCH, 0), version: null };
    expect(
      recordOf([run('a', { tasks: tasks('v1'), markers: [marker] })], build('v1'), versionPatch)?.versions.size,
    ).toBe(0);
  });

  it('does not count of another patch, kind, spelling or type', () => {
    const others = [coreMarker('other', false), coreMarker('MY-PATCH', false), versionMarker(PATCH, 1)];
    expect(recordOf([run('a', { tasks: tasks('v1'), markers: others })])).toMatchObject(nothing);
    expect(recordOf([run('a', { tasks: tasks('v1'), markers: [live], type: 'U' })])).toMatchObject({
      ...nothing,
      firstTaskMs: null,
      lastTaskMs: null,
    });
    expect(recordOf([run('a', { tasks: tasks('v1'), markers: [live] })], build('v1'), versionPatch)).toMatchObject(
      nothing,
    );
  });

  it('is nobody’s when the task is not known or names no build', () => {
    expect(recordOf([run('a', { tasks: tasks('v1'), markers: [coreMarker(PATCH, false, at(7))] })])).toMatchObject(
      nothing,
    );
    const book = openIdentityBook([run('a', { tasks: tasks({ buildId: null }), markers: [live] })], {
      patch: corePatch,
      workflowType: 'T',
    });
    expect(book.size).toBe(0);
  });

  it('is not learnt from a run that was not read', () => {
    expect(recordOf([run('a', { isUnread: true })])).toBeUndefined();
  });

  it('belongs to a deployment version on all its queues', () => {
    const runs = ['a', 'b'].map((taskQueue) =>
      run(taskQueue, { tasks: tasks({ deploymentVersion: 'd:v1', taskQueue }), markers: [live] }),
    );
    expect(recordOf(runs, deployment('d:v1'))?.live).toBe(2);
  });
});

describe('its times and SDK versions', () => {
  it('are of the type’s tasks: first, last, and the first proof', () => {
    const runs = [
      run('a', { tasks: tasks('v0', 'v1', 'v1'), markers: [coreMarker(PATCH, false, at(2))] }),
      run('u', { tasks: tasks({ buildId: 'v1', timeMs: 1, sdkVersion: '0.1' }), type: 'U' }),
    ];
    expect(recordOf(runs)).toMatchObject({ firstTaskMs: 2_000, lastTaskMs: 3_000, firstProofMs: 3_000 });
    expect([...(recordOf(runs)?.sdkVersions ?? [])]).toEqual(['1.35.0']);
  });

  it('do not depend on the order of the runs', () => {
    const early = run('a', { tasks: tasks('v1'), markers: [live] });
    const late = run('b', { tasks: tasks('v0', 'v0', 'v1'), markers: [coreMarker(PATCH, true, at(2))] });
    expect(recordOf([late, early])).toEqual({ ...recordOf([early, late]) });
    expect(recordOf([late, early])).toMatchObject({ firstTaskMs: 1_000, lastTaskMs: 3_000, firstProofMs: 1_000 });
  });

  it('come from completed tasks where they name the SDK', () => {
    const started = startedTask(1, { sdkVersion: '1.36.0' });
    const record = recordOf([run('a', { tasks: [...tasks({ buildId: 'v1', sdkVersion: null }), started] })]);
    expect(record).toMatchObject({ firstTaskMs: 1_000, lastTaskMs: 2_000 });
    expect(record?.sdkVersions.size).toBe(0);
    expect(recordOf([run('a', { tasks: tasks('v1', { sdkVersion: '1.36.0' }) })])?.sdkVersions.size).toBe(2);
  });
});

describe('an ID that names more than one code', () => {
  it.each([
    ['both flags', [live], [deprecated]],
    ['two versions', [versionMarker('x', 1)], [versionMarker('x', 2)]],
    ['both flags of another patch', [coreMarker('x', true)], [coreMarker('x', false)]],
  ])('wrote %s', (_name, first, second) => {
    const runs = [run('a', { tasks: tasks('v1'), markers: first }), run('b', { tasks: tasks('v1'), markers: second })];
    expect(recordOf(runs)?.hasWrittenBoth).toBe(true);
    // In whatever type.
    const elsewhere = [
      run('a', { tasks: tasks('v1'), markers: first }),
      run('b', { tasks: tasks('v1'), markers: second, type: 'U' }),
    ];
    expect(recordOf(elsewhere)?.hasWrittenBoth).toBe(true);
  });

  it.each([
    ['one flag twice', [live], [live]],
    ['flags of two patches', [live], [coreMarker('x', true)]],
    ['a flag and a version of one id', [live], [versionMarker(PATCH, 1)]],
  ])('did not write %s', (_name, first, second) => {
    const runs = [run('a', { tasks: tasks('v1'), markers: first }), run('b', { tasks: tasks('v1'), markers: second })];
    expect(recordOf(runs)?.hasWrittenBoth).toBe(false);
  });

  it('is not another one with the same build on another queue', () => {
    const other = tasks({ buildId: 'v1', taskQueue: 'other' });
    const runs = [run('a', { tasks: tasks('v1'), markers: [live] }), run('b', { tasks: other, markers: [deprecated] })];
    expect(recordOf(runs)?.hasWrittenBoth).toBe(false);
    expect(recordOf(runs, build('v1', 'other'))?.hasWrittenBoth).toBe(false);
  });
});

describe('passing a live marker', () => {
  it('shows the call of whoever completes a later task: without it that task would have failed', () => {
    const runs = [run('a', { tasks: tasks('v2', 'v1', 'v1'), markers: [live] })];
    expect(recordOf(runs)).toMatchObject({ hasPassedLive: true, firstProofMs: 2_000, live: 0 });
    expect(recordOf(runs, build('v2'))).toMatchObject({ hasPassedLive: false, live: 1 });
  });

  it.each([
    ['the task came before', run('a', { tasks: tasks('v1', 'v2'), markers: [coreMarker(PATCH, false, at(1))] })],
    ['the task is not completed', run('a', { tasks: [...tasks('v2'), startedTask(1)], markers: [live] })],
    ['the marker is deprecated', run('a', { tasks: tasks('v2', 'v1'), markers: [deprecated] })],
    ['the marker is of another patch', run('a', { tasks: tasks('v2', 'v1'), markers: [coreMarker('x', false)] })],
    ['the run is of another type', run('a', { tasks: tasks('v2', 'v1'), markers: [live], type: 'U' })],
    ['the writer is not known', run('a', { tasks: tasks({ buildId: null }, 'v1'), markers: [live] })],
    ['the writer’s task is missing', run('a', { tasks: tasks('v1', 'v1').slice(1), markers: [live] })],
  ])('shows nothing when %s', (_name, each) => {
    expect(recordOf([each])?.hasPassedLive ?? false).toBe(false);
  });

  it('shows nothing of the one that wrote it, nor of GetVersion, whose markers are skipped', () => {
    expect(recordOf([run('a', { tasks: tasks('v1', 'v1'), markers: [live] })])?.hasPassedLive).toBe(false);
    const version = run('a', { tasks: tasks('v2', 'v1'), markers: [versionMarker(PATCH, 1)] });
    expect(recordOf([version], build('v1'), versionPatch)?.hasPassedLive).toBe(false);
  });

  it('is another one’s marker, whoever worked before it', () => {
    const runs = [run('a', { tasks: tasks('v1', 'v2', 'v1'), markers: [coreMarker(PATCH, false, at(1))] })];
    expect(recordOf(runs)).toMatchObject({ hasPassedLive: true, firstProofMs: 3_000 });
    expect(recordOf(runs, build('v2'))?.hasPassedLive).toBe(false);
  });

  it('skips who names no build and sees those after', () => {
    const runs = [run('a', { tasks: tasks('v2', { buildId: null }, 'v1'), markers: [live] })];
    expect(recordOf(runs)?.hasPassedLive).toBe(true);
  });

  it('is no earlier than the marker’s own task', () => {
    // A task whose completion is the marker's own wrote it, whoever else is known.
    const marker = coreMarker(PATCH, false, { ...at(1), workflowTaskCompletedEventId: completedAt(1) });
    expect(recordOf([run('a', { tasks: tasks('v1', 'v2', 'v3'), markers: [marker] })])?.hasPassedLive).toBe(false);
    expect(
      recordOf([run('a', { tasks: tasks('v1', 'v2', 'v3'), markers: [marker] })], build('v3'))?.hasPassedLive,
    ).toBe(true);
  });
});

describe('isCaller', () => {
  const record = (changes: Partial<IdentityRecord>): IdentityRecord => ({
    identity: build('v1'),
    live: 0,
    deprecated: 0,
    versions: new Set(),
    hasPassedLive: false,
    firstTaskMs: 0,
    lastTaskMs: 0,
    firstProofMs: null,
    sdkVersions: new Set(),
    hasWrittenBoth: false,
    ...changes,
  });

  it.each([
    [{}, false],
    [{ live: 1 }, true],
    [{ deprecated: 1 }, true],
    [{ versions: new Set([-1]) }, true],
    [{ hasPassedLive: true }, true],
  ])('%j', (changes, expected) => {
    expect(isCaller(record(changes))).toBe(expected);
  });
});
