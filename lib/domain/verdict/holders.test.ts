import { describe, expect, it } from 'vitest';
import { canBeTrusted } from '#lib/domain/verdict/holders.ts';
import {
  build,
  callsTogether,
  confirmed,
  corePatch,
  deployment,
  oneCode,
  versionPatch,
} from '#lib/domain/verdict/testing/facts.ts';
import { holdersFrom, moment } from '#lib/domain/verdict/testing/holders.ts';
import {
  coreMarker,
  deprecated,
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
