import { describe, expect, it } from 'vitest';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { identityRows } from '#lib/domain/verdict/identity-rows.ts';
import { worker, routed } from '#lib/domain/verdict/testing/evidence.ts';
import { build, oneCode, versionPatch } from '#lib/domain/verdict/testing/facts.ts';
import { holdersFrom } from '#lib/domain/verdict/testing/holders.ts';
import { at, coreMarker, live, PATCH, run, tasks, versionMarker } from '#lib/domain/verdict/testing/runs.ts';
import type { WorkerSeen } from '#lib/domain/verdict/types.ts';

const runs = [
  run('a', { tasks: tasks('v1', 'v2'), markers: [coreMarker(PATCH, false, at(1))] }),
  run('b', { tasks: tasks('v0', 'v0', 'v3'), markers: [coreMarker(PATCH, true, at(2))] }),
];

function rows(workers: readonly WorkerSeen[], facts: readonly DeclaredFact[] = [oneCode()], seen = runs) {
  const holders = holdersFrom(seen, facts);
  return identityRows(holders.book, holders, workers);
}

describe('identityRows', () => {
  it('are those who worked on the type, the newest first, with what they wrote', () => {
    expect(rows([])).toMatchObject([
      { identity: build('v3'), live: 0, deprecated: 1, lastTaskMs: 3_000, isTrusted: true, isPolling: false },
      { identity: build('v2'), live: 1, deprecated: 0, lastTaskMs: 2_000, isTrusted: true, isPolling: false },
      { identity: build('v0'), live: 0, deprecated: 0, lastTaskMs: 2_000, versions: [], isSuspect: false },
      { identity: build('v1'), lastTaskMs: 1_000 },
    ]);
    expect(rows([], [])[0]).toMatchObject({ isTrusted: false });
  });

  it('say who polls; routing alone is no polling', () => {
    const polling = (workers: readonly WorkerSeen[]) =>
      rows(workers).flatMap(({ identity, isPolling }) => (isPolling ? [identity?.buildId] : []));
    expect(polling([worker('v2'), worker('v2')])).toEqual(['v2']);
    expect(polling([routed('v2')])).toEqual([]);
    expect(polling([worker('v2', { taskQueue: 'other' })])).toEqual(['v2']);
  });

  it('begin with those who poll and have done nothing yet', () => {
    const found = rows([worker('new'), worker(null), worker(null), worker('v1')]);
    expect(found.slice(0, 2)).toEqual([
      {
        identity: build('new'),
        // Declared of the whole queue, so of a build that has done nothing yet as well.
        isTrusted: true,
        isSuspect: false,
        live: 0,
        deprecated: 0,
        versions: [],
        isPolling: true,
        lastTaskMs: null,
      },
      {
        identity: null,
        isTrusted: false,
        isSuspect: false,
        live: 0,
        deprecated: 0,
        versions: [],
        isPolling: true,
        lastTaskMs: null,
      },
    ]);
    expect(found).toHaveLength(6);
    expect(found.at(-1)).toMatchObject({ identity: build('v1'), isPolling: true });
  });

  it('leave out who worked on other types alone, unless it polls', () => {
    const elsewhere = [run('u', { type: 'U', tasks: tasks('v8'), markers: [live] })];
    expect(rows([], [], elsewhere)).toEqual([]);
    expect(rows([worker('v8')], [oneCode()], elsewhere)).toMatchObject([
      { identity: build('v8'), live: 0, isTrusted: true, isPolling: true, lastTaskMs: null },
    ]);
  });

  it('tell suspicion, and versions in order', () => {
    const seen = [3, 1, 2].map((version, index) =>
      run(`r${index}`, {
        tasks: tasks('v1', { buildId: 'v1', sdkVersion: '2.0.0' }),
        markers: [versionMarker(PATCH, version)],
      }),
    );
    const holders = holdersFrom(seen, [], versionPatch);
    expect(identityRows(holders.book, holders, [])).toMatchObject([
      { versions: [1, 2, 3], isSuspect: true, isTrusted: false },
    ]);
  });
});
