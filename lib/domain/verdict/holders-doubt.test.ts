import { describe, expect, it } from 'vitest';
import { worker } from '#lib/domain/verdict/testing/evidence.ts';
import {
  build,
  callsTogether,
  confirmed,
  corePatch,
  fact,
  floor,
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
  tasks,
  TYPESCRIPT_HASHED,
} from '#lib/domain/verdict/testing/runs.ts';
import type { WorkerSeen } from '#lib/domain/verdict/types.ts';

const wroteLive = [run('a', { tasks: tasks('v1'), markers: [live] })];

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
    const late = [run('a', { tasks: tasks({ timeMs: 9 * HOUR_MS }), markers: [deprecated] })];
    expect(ask(late, [oneCode()])).toEqual(['yes', 'yes', false]);
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

  it('are those too for which a floor speaks', () => {
    const of = (workers: readonly WorkerSeen[], facts = [oneCode(), floor('patched', { sinceMs: 5_000_000 })]) =>
      holdersFrom(wroteLive, facts, corePatch, workers).holdsCall(build('v1'), moment());
    expect(of([worker('v1')])).toBe('yes');
    expect(of([worker('v1'), worker('v2')])).toBe('calls');
    expect(of([worker('v1'), worker(null)])).toBe('calls');
    expect(of([worker('v1'), worker('v2', { taskQueue: 'other' })])).toBe('yes');
    expect(of([worker('v1'), worker('v2')], [oneCode()])).toBe('yes');
  });

  it('do not count when they recorded another patch', () => {
    const runs = [...wroteLive, run('b', { tasks: tasks('v2'), markers: [coreMarker('other', false)] })];
    expect(holdersFrom(runs, [oneCode()]).holdsCall(build('v1'), moment())).toBe('yes');
  });
});
