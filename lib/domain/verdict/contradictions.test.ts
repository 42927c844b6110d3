import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import { findContradictions } from '#lib/domain/verdict/contradictions.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import {
  build,
  callOf,
  corePatch,
  deployment,
  floor,
  manifest,
  oneCode,
  typesUsing,
  versionFloor,
  versionOf,
  versionPatch,
} from '#lib/domain/verdict/testing/facts.ts';
import {
  at,
  coreMarker,
  deprecated,
  live,
  PATCH,
  run,
  tasks,
  versionMarker,
} from '#lib/domain/verdict/testing/runs.ts';

function against(facts: readonly DeclaredFact[], runs: readonly CensusRun[], patch: PatchRef = corePatch) {
  return findContradictions(facts, runs, patch).map(({ why, seen }) => [why, seen]);
}

const wroteLive = run('a', { tasks: tasks('v1'), markers: [live] });
const wroteDeprecated = run('b', { tasks: tasks('v1'), markers: [deprecated] });

describe('a manifest', () => {
  it('is wrong when its code wrote something else', () => {
    const says = (call: 'none' | 'patched' | 'deprecate-patch', own: CensusRun) =>
      against([manifest(build('v1'), [callOf(call)])], [own]);
    const differs = [['manifest-differs', PATCH]];
    expect(says('none', wroteLive)).toEqual(differs);
    expect(says('none', wroteDeprecated)).toEqual(differs);
    expect(says('patched', wroteLive)).toEqual([]);
    expect(says('patched', wroteDeprecated)).toEqual(differs);
    expect(says('deprecate-patch', wroteLive)).toEqual(differs);
    expect(says('deprecate-patch', wroteDeprecated)).toEqual([]);
  });

  it('is wrong when its code recorded another version', () => {
    const runs = [run('a', { tasks: tasks('v1'), markers: [versionMarker(PATCH, 2)] })];
    const says = (version: number | null) => against([manifest(build('v1'), [versionOf(version)])], runs, versionPatch);
    expect(says(2)).toEqual([]);
    expect(says(1)).toEqual([['manifest-differs', PATCH]]);
    expect(says(3)).toEqual([['manifest-differs', PATCH]]);
    expect(says(null)).toEqual([['manifest-differs', PATCH]]);
  });

  it('is whole: wrong about one patch is wrong', () => {
    const other = run('a', { tasks: tasks('v1'), markers: [live, coreMarker('other', false)] });
    const both = manifest(build('v1'), [callOf('patched'), callOf('none', null, 'other')]);
    expect(against([both], [other])).toEqual([['manifest-differs', 'other']]);
  });

  it('is not touched by other identities, kinds, patches and types, nor by what nobody wrote', () => {
    const none = [manifest(build('v1'), [callOf('none')])];
    expect(against(none, [run('a', { tasks: tasks('v2'), markers: [live] })])).toEqual([]);
    expect(against(none, [run('a', { tasks: tasks({ taskQueue: 'other' }), markers: [live] })])).toEqual([]);
    expect(against(none, [run('a', { tasks: tasks({ buildId: null }), markers: [live] })])).toEqual([]);
    expect(against(none, [run('a', { tasks: tasks('v1'), markers: [versionMarker(PATCH, 1)] })])).toEqual([]);
    expect(against(none, [run('a', { tasks: tasks('v1'), markers: [coreMarker('other', false)] })])).toEqual([]);
    expect(against(none, [run('a', { tasks: tasks('v1'), markers: [coreMarker(PATCH, false, at(5))] })])).toEqual([]);
    expect(against(none, [run('a', { isUnread: true })])).toEqual([]);
    expect(against([manifest(build('v1'), [callOf('none', 'U')])], [wroteLive])).toEqual([]);
  });

  it('goes by the entry that names the type, else by the one for all', () => {
    const says = (...patches: Parameters<typeof manifest>[1]) => against([manifest(build('v1'), patches)], [wroteLive]);
    expect(says(callOf('none'), callOf('patched', 'T'))).toEqual([]);
    expect(says(callOf('patched'), callOf('none', 'T'))).toEqual([['manifest-differs', PATCH]]);
    expect(says(callOf('none', 'U'), callOf('patched'))).toEqual([]);
    expect(says(callOf('patched', 'U'), callOf('none'))).toEqual([['manifest-differs', PATCH]]);
  });

  it('of a deployment version is met on any queue', () => {
    const own = run('a', { tasks: tasks({ deploymentVersion: 'd:v1', taskQueue: 'any' }), markers: [live] });
    expect(against([manifest(deployment('d:v1'), [callOf('none')])], [own])).toEqual([['manifest-differs', PATCH]]);
  });
});

describe('a floor', () => {
  const broken = [['floor-broken', 'v1']];

  it('of `deprecate_patch` is broken by a live marker from its moment on', () => {
    const since = (sinceMs: number) => against([floor('deprecate-patch', { sinceMs })], [wroteLive]);
    expect(since(999)).toEqual(broken);
    expect(since(1_000)).toEqual(broken);
    expect(since(1_001)).toEqual([]);
    expect(against([floor('deprecate-patch')], [wroteDeprecated])).toEqual([]);
  });

  it('of `patched` is broken by no marker', () => {
    expect(against([floor('patched')], [wroteLive, wroteDeprecated])).toEqual([]);
  });

  it('of a version is broken by a lower one', () => {
    const wrote = (version: number | null) =>
      against(
        [versionFloor(2)],
        [run('a', { tasks: tasks('v1'), markers: [{ ...versionMarker(PATCH, 0), version }] })],
        versionPatch,
      );
    expect(wrote(1)).toEqual(broken);
    expect(wrote(null)).toEqual(broken);
    expect(wrote(2)).toEqual([]);
    expect(wrote(3)).toEqual([]);
    const least = [versionFloor(1)];
    const untold = run('a', { tasks: tasks('v1'), markers: [{ ...versionMarker(PATCH, 0), version: null }] });
    expect(against(least, [untold], versionPatch)).toEqual(broken);
    // One that names no version says nothing.
    const empty = [floor('patched', { patch: versionPatch, call: null })];
    const before = run('a', { tasks: tasks('v1'), markers: [versionMarker(PATCH, -1)] });
    expect(against(empty, [before], versionPatch)).toEqual([]);
    expect(against(empty, [run('a', { tasks: tasks('v1'), markers: [versionMarker(PATCH, 1)] })])).toEqual([]);
  });

  it('is not touched by other queues, types, patches and kinds', () => {
    const least = (changes: Parameters<typeof floor>[1]) => against([floor('deprecate-patch', changes)], [wroteLive]);
    expect(least({ taskQueue: 'other' })).toEqual([]);
    expect(least({ workflowType: 'U' })).toEqual([]);
    expect(least({ workflowType: 'T' })).toEqual(broken);
    expect(least({ patch: { kind: 'core', id: 'other' } })).toEqual([]);
    expect(least({ patch: versionPatch })).toEqual([]);
  });

  it('names who broke it, as far as that is known', () => {
    const anonymous = run('a', { tasks: tasks({ buildId: null }), markers: [live] });
    expect(against([floor('deprecate-patch')], [anonymous])).toEqual([['floor-broken', '']]);
  });

  describe('and a replay that failed for want of the call', () => {
    const message = (id: string) =>
      `[TMPRL1100] Nondeterminism error: Non-deprecated patch marker encountered for change ${id}, but there is no corresponding change command!`;
    const failed = (changes: Parameters<typeof run>[1] = {}, id = PATCH, timeMs = 5_000) =>
      run('a', { tasks: tasks('v2'), nondeterminismFailure: { message: message(id), timeMs }, ...changes });

    it('is broken by it', () => {
      expect(against([floor('patched')], [failed()])).toEqual([['floor-broken', 'workflow-a']]);
      expect(against([floor('patched', { sinceMs: 5_000 })], [failed()])).toEqual([['floor-broken', 'workflow-a']]);
      expect(against([floor('patched', { workflowType: 'T' })], [failed()])).toEqual([['floor-broken', 'workflow-a']]);
    });

    it.each([
      ['before its moment', floor('patched', { sinceMs: 5_001 }), failed()],
      ['on another queue', floor('patched', { taskQueue: 'other' }), failed()],
      ['of another type', floor('patched', { workflowType: 'U' }), failed()],
      ['of another patch', floor('patched'), failed({}, 'other')],
      ['of a patch whose id begins alike', floor('patched'), failed({}, `${PATCH}-2`)],
      ['for another reason', floor('patched'), failed({ nondeterminismFailure: { message: PATCH, timeMs: 5_000 } })],
      ['that is over', floor('patched'), failed({ nondeterminismFailure: null })],
      ['in a run that was not read', floor('patched'), run('a', { isUnread: true })],
    ])('is not broken by one %s', (_name, least, own) => {
      expect(against([least], [own])).toEqual([]);
    });
  });
});

describe('a list of types', () => {
  it('is wrong when another type recorded the patch', () => {
    expect(against([typesUsing(['U'])], [wroteLive])).toEqual([['type-outside-list', 'T']]);
    expect(against([typesUsing(['U', 'T'])], [wroteLive])).toEqual([]);
    expect(against([typesUsing([])], [wroteLive])).toEqual([['type-outside-list', 'T']]);
  });

  it('is of one patch', () => {
    expect(against([typesUsing(['U'], 'other')], [wroteLive])).toEqual([]);
    const other = run('a', { tasks: tasks('v1'), markers: [coreMarker('other', false), versionMarker(PATCH, 1)] });
    expect(against([typesUsing(['U'])], [other])).toEqual([]);
    // Asked about another patch, it is not looked at.
    expect(against([typesUsing(['U'])], [wroteLive], versionPatch)).toEqual([]);
  });
});

it('nothing declared is nothing contradicted; each wrong fact is told once', () => {
  expect(against([], [wroteLive])).toEqual([]);
  const facts = [typesUsing(['U']), oneCode(), floor('deprecate-patch'), manifest(build('v1'), [callOf('none')])];
  const runs = [wroteLive, run('c', { tasks: tasks('v1'), markers: [live] })];
  expect(findContradictions(facts, runs, corePatch).map(({ fact, why }) => [fact, why])).toEqual([
    [facts[3], 'manifest-differs'],
    [facts[2], 'floor-broken'],
    [facts[0], 'type-outside-list'],
  ]);
});
