import { describe, expect, it } from 'vitest';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import {
  build,
  callOf,
  corePatch,
  deployment,
  floor,
  manifest,
  oneCode,
  versionFloor,
  versionOf,
  versionPatch,
} from '#lib/domain/verdict/testing/facts.ts';
import { holdersFrom, moment } from '#lib/domain/verdict/testing/holders.ts';
import { deprecated, live, PATCH, run, task, tasks, versionMarker } from '#lib/domain/verdict/testing/runs.ts';

const v1 = build('v1');

function ask(facts: readonly DeclaredFact[], identity: typeof v1 | null = v1, at = moment()) {
  const { holdsCall, deprecates } = holdersFrom([], facts);
  return [holdsCall(identity, at), deprecates(identity, at)];
}

describe('a manifest', () => {
  it.each([
    ['none', ['lacks', 'lacks']],
    ['patched', ['yes', 'lacks']],
    ['deprecate-patch', ['yes', 'yes']],
  ] as const)('with call %s', (call, expected) => {
    expect(ask([manifest(v1, [callOf(call)])])).toEqual(expected);
  });

  it('speaks of its identity, patch, kind and type alone', () => {
    const nothing = ['not-known', 'not-known'];
    expect(ask([manifest(build('v2'), [callOf('patched')])])).toEqual(nothing);
    expect(ask([manifest(build('v1', 'other'), [callOf('patched')])])).toEqual(nothing);
    expect(ask([manifest(v1, [callOf('patched', null, 'other')])])).toEqual(nothing);
    expect(ask([manifest(v1, [versionOf(1)])])).toEqual(nothing);
    expect(ask([manifest(v1, [callOf('patched', 'U')])])).toEqual(nothing);
    expect(ask([manifest(v1, [])])).toEqual(nothing);
    expect(ask([manifest(v1, [callOf('patched', 'T')])])).toEqual(['yes', 'lacks']);
    expect(ask([manifest(v1, [callOf('patched')])], null)).toEqual(nothing);
  });

  it('may name a deployment version', () => {
    const { holdsCallAt } = holdersFrom([], [manifest(deployment('d:v1'), [callOf('patched')])]);
    expect(holdsCallAt(task({ deploymentVersion: 'd:v1', taskQueue: 'any' }))).toBe('yes');
    expect(holdsCallAt(task({ deploymentVersion: 'd:v2' }))).toBe('not-known');
  });

  it('counts by its newest, and by the entry that names the type', () => {
    const older = manifest(v1, [callOf('patched')], 1);
    const newer = manifest(v1, [callOf('none')], 2);
    expect(ask([older, newer])).toEqual(['lacks', 'lacks']);
    expect(ask([newer, older])).toEqual(['lacks', 'lacks']);
    const ofType = [callOf('patched'), callOf('none', 'T'), callOf('patched', 'U')];
    expect(ask([manifest(v1, ofType)])).toEqual(['lacks', 'lacks']);
    expect(ask([manifest(v1, ofType.toReversed())])).toEqual(['lacks', 'lacks']);
    // One that says nothing of the patch takes nothing back.
    expect(ask([older, manifest(v1, [callOf('none', null, 'other')], 2)])).toEqual(['yes', 'lacks']);
  });

  it('needs neither trust nor calls that entered together', () => {
    const runs = [run('a', { tasks: tasks('v1'), markers: [live] }), run('b', { tasks: tasks('v2'), markers: [live] })];
    const { holdsCall, used } = holdersFrom(runs, [manifest(v1, [callOf('patched')])]);
    expect(holdsCall(v1, moment())).toBe('yes');
    expect(used.size).toBe(1);
  });

  it('is one more code with the call, or none', () => {
    const recorded = [run('a', { tasks: tasks('v2'), markers: [live] })];
    const of = (call: 'none' | 'patched', of = v1) =>
      holdersFrom(recorded, [oneCode(), manifest(of, [callOf(call)])]).holdsCall(build('v2'), moment());
    expect(of('patched')).toBe('calls');
    expect(of('none')).toBe('yes');
    const version = (version: number | null) =>
      holdersFrom(
        [run('a', { tasks: tasks('v2'), markers: [versionMarker(PATCH, 1)] })],
        [oneCode(), manifest(v1, [versionOf(version)])],
        versionPatch,
      ).holdsCall(build('v2'), moment());
    expect([version(1), version(null)]).toEqual(['calls', 'yes']);
  });

  it('says whether GetVersion is called', () => {
    const of = (version: number | null) =>
      holdersFrom([], [manifest(v1, [versionOf(version)])], versionPatch).holdsCall(v1, moment());
    expect([of(3), of(null)]).toEqual(['yes', 'lacks']);
  });
});

describe('a floor', () => {
  it.each([
    ['patched', ['yes', 'not-known']],
    ['deprecate-patch', ['yes', 'yes']],
  ] as const)('of %s', (call, expected) => {
    expect(ask([floor(call)])).toEqual(expected);
    // Whoever it is.
    expect(ask([floor(call)], null)).toEqual(expected);
  });

  it('holds from its moment on', () => {
    const since = [floor('deprecate-patch', { sinceMs: 100 })];
    expect(ask(since, v1, moment(99))).toEqual(['not-known', 'not-known']);
    expect(ask(since, v1, moment(100))).toEqual(['yes', 'yes']);
    const { deprecatesAt } = holdersFrom([], since);
    expect([deprecatesAt(task({ timeMs: 99 })), deprecatesAt(task({ timeMs: 101 }))]).toEqual(['not-known', 'yes']);
  });

  it('speaks of its queue, patch, kind and type alone', () => {
    const nothing = ['not-known', 'not-known'];
    expect(ask([floor('deprecate-patch', { taskQueue: 'other' })])).toEqual(nothing);
    expect(ask([floor('deprecate-patch', { patch: { kind: 'core', id: 'other' } })])).toEqual(nothing);
    expect(ask([floor('deprecate-patch', { patch: versionPatch })])).toEqual(nothing);
    expect(ask([floor('deprecate-patch', { workflowType: 'U' })])).toEqual(nothing);
    expect(ask([floor('deprecate-patch', { workflowType: 'T' })])).toEqual(['yes', 'yes']);
  });

  it('that says nothing clears nothing', () => {
    const nothing = ['not-known', 'not-known'];
    expect(ask([floor('patched', { call: null })])).toEqual(nothing);
    expect(ask([floor('patched', { call: null, version: 1 })])).toEqual(nothing);
    const { holdsCall } = holdersFrom([], [floor('patched', { patch: versionPatch })], versionPatch);
    expect(holdsCall(v1, moment())).toBe('not-known');
  });

  it('of GetVersion is its version', () => {
    const { holdsCall, used } = holdersFrom([], [versionFloor(1)], versionPatch);
    expect(holdsCall(null, moment())).toBe('yes');
    expect(used.size).toBe(1);
  });

  it('does not outweigh a manifest: one that lacks the call is back after a rollback', () => {
    expect(ask([floor('deprecate-patch'), manifest(v1, [callOf('none')])])).toEqual(['lacks', 'lacks']);
    expect(ask([floor('deprecate-patch'), manifest(v1, [callOf('patched')])])).toEqual(['yes', 'lacks']);
    expect(ask([floor('patched'), manifest(v1, [callOf('deprecate-patch')])])).toEqual(['yes', 'yes']);
  });

  it('does not outweigh what a trusted identity writes, but what a name once wrote', () => {
    const wroteLive = [run('a', { tasks: tasks('v1'), markers: [live] })];
    const facts = [floor('deprecate-patch')];
    expect(holdersFrom(wroteLive, [...facts, oneCode()]).deprecates(v1, moment())).toBe('lacks');
    expect(holdersFrom(wroteLive, facts).deprecates(v1, moment())).toBe('yes');
    const both = [...wroteLive, run('b', { tasks: tasks('v1'), markers: [deprecated] })];
    expect(holdersFrom(both, [...facts, oneCode()]).deprecates(v1, moment())).toBe('yes');
  });
});

describe('versions that live calls record', () => {
  const wrote = (...versions: readonly number[]) =>
    versions.map((version, index) =>
      run(`r${index}`, { tasks: tasks('v1'), markers: [versionMarker(PATCH, version)] }),
    );
  const records = (
    name: 'raise-min' | 'drop-call',
    version: number,
    versions: readonly number[],
    facts: readonly DeclaredFact[] = [oneCode()],
    identity: typeof v1 | null = v1,
  ) => holdersFrom(wrote(...versions), facts, versionPatch).recordsOnly(identity, moment(), { name, version });

  it('are by record at least N, or just M', () => {
    expect(records('raise-min', 2, [2])).toBe('yes');
    expect(records('raise-min', 2, [3])).toBe('yes');
    expect(records('raise-min', 2, [1])).toBe('lacks');
    expect(records('drop-call', 2, [2])).toBe('yes');
    expect(records('drop-call', 2, [3])).toBe('lacks');
    expect(records('drop-call', 2, [1])).toBe('lacks');
  });

  it('are not known without a record, a build or trust', () => {
    expect(records('raise-min', 2, [])).toBe('not-known');
    expect(records('raise-min', 2, [2], [oneCode()], null)).toBe('not-known');
    const silent = holdersFrom([run('a', { tasks: tasks('v1') })], [oneCode()], versionPatch);
    expect(silent.recordsOnly(v1, moment(), { name: 'raise-min', version: 2 })).toBe('not-known');
    expect(records('raise-min', 2, [2], [])).toBe('not-known');
    // Another version was seen, whoever wrote it.
    expect(records('raise-min', 2, [1], [])).toBe('lacks');
    expect(records('raise-min', 2, [1, 2])).toBe('lacks');
  });

  it('are by manifest the one that it names', () => {
    const of = (name: 'raise-min' | 'drop-call', version: number | null) =>
      records(name, 2, [2], [oneCode(), manifest(v1, [versionOf(version)])]);
    expect([of('raise-min', 1), of('raise-min', 2), of('raise-min', 3), of('raise-min', null)]).toEqual([
      'lacks',
      'yes',
      'yes',
      'lacks',
    ]);
    expect([of('drop-call', 1), of('drop-call', 2), of('drop-call', 3)]).toEqual(['lacks', 'yes', 'lacks']);
    expect(records('raise-min', -1, [], [manifest(v1, [versionOf(null)])])).toBe('lacks');
  });

  it('are by floor at least N, and never just M', () => {
    expect(records('raise-min', 2, [], [versionFloor(2)], null)).toBe('yes');
    expect(records('raise-min', 2, [], [versionFloor(3)])).toBe('yes');
    expect(records('raise-min', 2, [], [versionFloor(1)])).toBe('not-known');
    expect(records('raise-min', 2, [], [versionFloor(1), versionFloor(2)])).toBe('yes');
    expect(records('drop-call', 2, [], [versionFloor(2)])).toBe('not-known');
    expect(records('raise-min', 2, [], [versionFloor(2, { sinceMs: 2_000_000 })])).toBe('not-known');
    expect(records('raise-min', 2, [], [floor('patched', { patch: versionPatch, call: null })])).toBe('not-known');
  });

  it('of a name that may be two codes are the floor’s, not what it once wrote', () => {
    expect(records('raise-min', 2, [2], [versionFloor(1)])).toBe('not-known');
    expect(records('raise-min', 2, [1], [versionFloor(2)])).toBe('yes');
    expect(records('raise-min', 2, [1], [versionFloor(2), oneCode()])).toBe('lacks');
  });

  it('rest on the facts that told them', () => {
    const [ids, told, least] = [oneCode(), manifest(v1, [versionOf(2)]), versionFloor(2)];
    const usedBy = (facts: readonly DeclaredFact[]) => {
      const { recordsOnly, used } = holdersFrom(wrote(2), facts, versionPatch);
      recordsOnly(v1, moment(), { name: 'raise-min', version: 2 });
      return [...used];
    };
    expect(usedBy([ids])).toEqual([ids]);
    expect(usedBy([ids, least])).toEqual([least]);
    expect(usedBy([ids, least, told])).toEqual([told]);
  });
});

it('the facts used are those of a floor or a manifest where these told it', () => {
  const [told, least] = [manifest(v1, [callOf('deprecate-patch')]), floor('deprecate-patch')];
  const { holdsCall, deprecates, used } = holdersFrom([], [told, least, oneCode()], corePatch);
  holdsCall(v1, moment());
  expect([...used]).toEqual([told]);
  deprecates(build('v2'), moment());
  expect([...used]).toEqual([told, least]);
  const other = holdersFrom([], [told, least, oneCode()], corePatch);
  other.deprecates(v1, moment());
  expect([...other.used]).toEqual([told]);
});
