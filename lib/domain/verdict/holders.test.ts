import { describe, expect, it } from 'vitest';
import { canBeTrusted } from '#lib/domain/verdict/holders.ts';
import {
  build,
  callsTogether,
  confirmed,
  corePatch,
  deployment,
  fact,
  oneCode,
  versionPatch,
} from '#lib/domain/verdict/testing/facts.ts';
import { holdersFrom, moment } from '#lib/domain/verdict/testing/holders.ts';
import {
  at,
  coreMarker,
  deprecated,
  HOUR_MS,
  live,
  PATCH,
  run,
  startedTask,
  task,
  tasks,
  TYPESCRIPT_HASHED,
  versionMarker,
} from '#lib/domain/verdict/testing/runs.ts';

const wroteLive = [run('a', { tasks: tasks('v1'), markers: [live] })];
const wroteDeprecated = [run('a', { tasks: tasks('v1'), markers: [deprecated] })];

describe('trust', () => {
  it('decides whether a record counts', () => {
    expect(holdersFrom(wroteLive).holdsCall(build('v1'), moment())).toBe('not-known');
    expect(holdersFrom(wroteLive, [oneCode()]).holdsCall(build('v1'), moment())).toBe('yes');
    expect(holdersFrom(wroteDeprecated).deprecates(build('v1'), moment())).toBe('not-known');
    expect(holdersFrom(wroteDeprecated, [oneCode()]).deprecates(build('v1'), moment())).toBe('yes');
  });

  it('comes from a declaration for the queue, or from the ID itself', () => {
    const trusted = (facts: Parameters<typeof holdersFrom>[1], identity = build('v1')) => {
      const buildId = identity.buildId ?? 'v1';
      const runs = [run('a', { tasks: tasks({ buildId, deploymentVersion: identity.deploymentVersion }) })];
      const { book, isTrusted } = holdersFrom(runs, facts);
      return [...book.values()].map(isTrusted);
    };
    expect(trusted([])).toEqual([false]);
    expect(trusted([oneCode('queue')])).toEqual([true]);
    expect(trusted([oneCode('other')])).toEqual([false]);
    expect(trusted([oneCode('other'), oneCode('queue')])).toEqual([true]);
    expect(trusted([], build(TYPESCRIPT_HASHED))).toEqual([true]);
    // A deployment version is not of one queue.
    expect(trusted([oneCode('queue')], deployment('d:v1'))).toEqual([false]);
    expect(trusted([oneCode()], deployment('d:v1'))).toEqual([true]);
  });

  it('is lost by writing both flags, even for a hash of the code', () => {
    const both = (buildId: string) => [
      run('a', { tasks: tasks(buildId), markers: [live] }),
      run('b', { tasks: tasks(buildId), markers: [coreMarker('other', true)] }),
      run('c', { tasks: tasks(buildId), markers: [coreMarker('other', false)], type: 'U' }),
    ];
    for (const buildId of ['v1', TYPESCRIPT_HASHED]) {
      const { book, isTrusted, holdsCall } = holdersFrom(both(buildId), [oneCode()]);
      expect([...book.values()].map(isTrusted)).toEqual([false]);
      expect(holdsCall(build(buildId), moment())).toBe('not-known');
    }
  });

  it('may be had at all by canBeTrusted', () => {
    expect(canBeTrusted(build('v1'), [])).toBe(false);
    expect(canBeTrusted(build('v1'), [oneCode('other')])).toBe(false);
    expect(canBeTrusted(build('v1'), [oneCode('queue')])).toBe(true);
    expect(canBeTrusted(build(TYPESCRIPT_HASHED), [])).toBe(true);
  });
});

describe('the record', () => {
  it.each([
    ['recorded it live', wroteLive, 'yes'],
    ['recorded it deprecated', wroteDeprecated, 'yes'],
    ['passed a live marker', [run('a', { tasks: tasks('v2', 'v1'), markers: [live] })], 'calls'],
    ['worked and recorded nothing', [run('a', { tasks: tasks('v1') })], 'not-known'],
    ['is not known', [], 'not-known'],
    ['recorded it in another type', [run('a', { tasks: tasks('v1'), markers: [live], type: 'U' })], 'not-known'],
  ] as const)('of who %s', (_name, runs, expected) => {
    expect(holdersFrom(runs, [oneCode()]).holdsCall(build('v1'), moment())).toBe(expected);
  });

  it('is of GetVersion by its versions', () => {
    const runs = [run('a', { tasks: tasks('v1'), markers: [versionMarker(PATCH, 1)] })];
    expect(holdersFrom(runs, [oneCode()], versionPatch).holdsCall(build('v1'), moment())).toBe('yes');
    expect(holdersFrom(runs, [oneCode()], corePatch).holdsCall(build('v1'), moment())).toBe('not-known');
  });

  it('says nothing of who names no build', () => {
    const { holdsCall, deprecates } = holdersFrom(wroteLive, [oneCode()]);
    expect(holdsCall(null, moment())).toBe('not-known');
    expect(deprecates(null, moment())).toBe('not-known');
  });

  it('of a deprecator is deprecated:true and never false', () => {
    const of = (...markers: readonly (typeof live)[]) =>
      holdersFrom(
        markers.map((marker, index) => run(`r${index}`, { tasks: tasks('v1'), markers: [marker] })),
        [oneCode()],
      ).deprecates(build('v1'), moment());
    expect(of(deprecated)).toBe('yes');
    expect(of(live)).toBe('lacks');
    expect(of(deprecated, live)).toBe('lacks');
    expect(of()).toBe('not-known');
    // Without trust a live marker still tells what it wrote.
    expect(holdersFrom(wroteLive).deprecates(build('v1'), moment())).toBe('lacks');
  });

  it('is asked for tasks as for workers', () => {
    const { holdsCallAt, deprecatesAt } = holdersFrom(wroteDeprecated, [oneCode('queue')]);
    expect([holdsCallAt(task()), deprecatesAt(task())]).toEqual(['yes', 'yes']);
    expect(holdsCallAt(task({ buildId: 'v2' }))).toBe('not-known');
    expect(deprecatesAt(task({ taskQueue: 'other' }))).toBe('not-known');
    expect(holdsCallAt(task({ deploymentVersion: 'd:v1' }))).toBe('not-known');
  });
});

describe('suspicion', () => {
  const proofAfter = (gapMs: number, buildId = 'v1') => [
    run('a', {
      tasks: tasks({ buildId, timeMs: 0 }, { buildId, timeMs: gapMs }),
      markers: [coreMarker(PATCH, true, at(1))],
    }),
  ];
  const twoSdks = (buildId: string) => [
    run('a', { tasks: tasks(buildId, { buildId, sdkVersion: '1.36.0' }), markers: [deprecated] }),
  ];
  const ask = (runs: Parameters<typeof holdersFrom>[0], facts: Parameters<typeof holdersFrom>[1], buildId = 'v1') => {
    const { holdsCall, deprecates, isSuspect, book } = holdersFrom(runs, facts);
    const identity = build(buildId);
    return [
      holdsCall(identity, moment()),
      deprecates(identity, moment()),
      ...[...book.values()].map((record) => isSuspect(record)),
    ];
  };

  it('asks when tasks came over an hour before the first sign of the call', () => {
    expect(ask(proofAfter(HOUR_MS + 1), [oneCode()])).toEqual(['suspect', 'suspect', true]);
    expect(ask(proofAfter(HOUR_MS), [oneCode()])).toEqual(['yes', 'yes', false]);
  });

  it('asks when one ID came with two SDK versions', () => {
    expect(ask(twoSdks('v1'), [oneCode()])).toEqual(['suspect', 'suspect', true]);
  });

  it('is settled by a confirmation of that identity', () => {
    for (const runs of [twoSdks('v1'), proofAfter(2 * HOUR_MS)]) {
      expect(ask(runs, [oneCode(), confirmed(build('v1'))])).toEqual(['yes', 'yes', false]);
      expect(ask(runs, [oneCode(), confirmed(build('v2'))])).toEqual(['suspect', 'suspect', true]);
      expect(ask(runs, [oneCode(), confirmed(build('v1', 'other'))])).toEqual(['suspect', 'suspect', true]);
    }
  });

  it('is not asked of a hash of the code', () => {
    expect(ask(twoSdks(TYPESCRIPT_HASHED), [], TYPESCRIPT_HASHED)).toEqual(['yes', 'yes', false]);
    expect(ask(proofAfter(2 * HOUR_MS, TYPESCRIPT_HASHED), [], TYPESCRIPT_HASHED)).toEqual(['yes', 'yes', false]);
  });

  it('does not make a record of who is not trusted', () => {
    expect(ask(twoSdks('v1'), []).slice(0, 2)).toEqual(['not-known', 'not-known']);
  });

  it('needs a sign of the call to count from', () => {
    const runs = [run('a', { tasks: tasks({ timeMs: 0 }, { timeMs: 9 * HOUR_MS }) })];
    const { book, isSuspect } = holdersFrom(runs, [oneCode()]);
    expect([...book.values()].map(isSuspect)).toEqual([false]);
    const elsewhere = [run('a', { tasks: tasks('v1'), markers: [live], type: 'U' })];
    const other = holdersFrom(elsewhere, [oneCode()]);
    expect([...other.book.values()].map(other.isSuspect)).toEqual([false]);
  });
});

describe('several codes with the call', () => {
  const two = [
    run('a', { tasks: tasks('v1'), markers: [live] }),
    run('b', { tasks: tasks('v2'), markers: [deprecated] }),
  ];

  it('count by their record only when all calls entered together', () => {
    expect(holdersFrom(two, [oneCode()]).holdsCall(build('v1'), moment())).toBe('calls');
    expect(holdersFrom(two, [oneCode()]).holdsCall(build('v2'), moment())).toBe('calls');
    expect(holdersFrom(two, [oneCode(), callsTogether]).holdsCall(build('v1'), moment())).toBe('yes');
    // One that is not known stays so.
    expect(holdersFrom(two, [oneCode(), callsTogether]).holdsCall(build('v3'), moment())).toBe('not-known');
  });

  it('may be declared together for this patch or for all', () => {
    const of = (patch: typeof corePatch | typeof versionPatch | { kind: 'core'; id: string }) =>
      holdersFrom(two, [oneCode(), fact({ kind: 'calls-together', patch })]).holdsCall(build('v1'), moment());
    expect(of(corePatch)).toBe('yes');
    expect(of(versionPatch)).toBe('calls');
    expect(of({ kind: 'core', id: 'other' })).toBe('calls');
  });

  it('are counted even when they are not trusted', () => {
    expect(holdersFrom(two, [oneCode('queue')]).holdsCall(build('v1'), moment())).toBe('calls');
    const passed = [run('a', { tasks: tasks('v1', { buildId: 'v2', taskQueue: 'other' }), markers: [live] })];
    expect(holdersFrom(passed, [oneCode('queue')]).holdsCall(build('v1'), moment())).toBe('calls');
  });

  it('matter to who deprecates too: it may not do so at every place', () => {
    expect(holdersFrom(two, [oneCode()]).deprecates(build('v2'), moment())).toBe('calls');
    expect(holdersFrom(two, [oneCode(), callsTogether]).deprecates(build('v2'), moment())).toBe('yes');
    // What it is known to write needs no such word.
    expect(holdersFrom(two, [oneCode()]).deprecates(build('v1'), moment())).toBe('lacks');
  });

  it('do not count when they recorded another patch', () => {
    const runs = [...wroteLive, run('b', { tasks: tasks('v2'), markers: [coreMarker('other', false)] })];
    expect(holdersFrom(runs, [oneCode()]).holdsCall(build('v1'), moment())).toBe('yes');
  });
});

describe('the facts used', () => {
  it('are those that an answer rested on', () => {
    const ids = oneCode();
    const sure = confirmed(build('v1'));
    const two = [
      run('a', { tasks: tasks('v1', { sdkVersion: '2.0.0' }), markers: [live] }),
      run('b', { tasks: tasks('v2'), markers: [deprecated] }),
    ];
    const { holdsCall, used } = holdersFrom(two, [ids, sure, callsTogether, oneCode('queue'), confirmed(build('v2'))]);
    expect([...used]).toEqual([]);
    holdsCall(build('v3'), moment());
    expect([...used]).toEqual([]);
    holdsCall(build('v1'), moment());
    expect([...used]).toEqual([sure, ids, callsTogether]);
  });

  it('are none where the code’s hash speaks', () => {
    const runs = [run('a', { tasks: tasks(TYPESCRIPT_HASHED), markers: [live] })];
    const { holdsCall, used } = holdersFrom(runs, [oneCode(), callsTogether, confirmed(build(TYPESCRIPT_HASHED))]);
    expect(holdsCall(build(TYPESCRIPT_HASHED), moment())).toBe('yes');
    expect(used.size).toBe(0);
  });
});

it('a started task is its worker’s', () => {
  expect(holdersFrom(wroteLive, [oneCode()]).holdsCallAt(startedTask(3))).toBe('yes');
});
