import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { judgeWorkers } from '#lib/domain/verdict/judge-workers.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import { allDeclared } from '#lib/domain/verdict/testing/classes.ts';
import { worker, routed } from '#lib/domain/verdict/testing/evidence.ts';
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
import { holdersFrom } from '#lib/domain/verdict/testing/holders.ts';
import { deprecated, live, PATCH, run, tasks, versionMarker } from '#lib/domain/verdict/testing/runs.ts';
import type { WorkerSeen, TargetBuild } from '#lib/domain/verdict/types.ts';

/** `v2` wrote the marker live, `v3` deprecated. */
const coreRuns = [
  run('a', { tasks: tasks('v2'), markers: [live] }),
  run('b', { tasks: tasks('v3'), markers: [deprecated] }),
];
const wroteVersions = (buildId: string, ...versions: readonly number[]) =>
  versions.map((version) =>
    run(`${buildId}-${version}`, { tasks: tasks(buildId), markers: [versionMarker(PATCH, version)] }),
  );

function judge(
  question: PatchQuestion,
  workers: readonly WorkerSeen[],
  { runs = coreRuns, facts = allDeclared, target = null }: Given = {},
) {
  const patch = 'version' in question ? versionPatch : corePatch;
  return judgeWorkers(workers, { question, holders: holdersFrom(runs, facts, patch), target });
}

interface Given {
  readonly runs?: readonly CensusRun[];
  readonly facts?: readonly DeclaredFact[];
  readonly target?: TargetBuild | null;
}

/** What is said against one worker; null: nothing. */
function against(question: PatchQuestion, buildId: string | null, given: Given = {}) {
  const [first = null, ...more] = judge(question, [worker(buildId)], given).keys();
  expect(more).toEqual([]);
  return first;
}

describe('for `deprecate`', () => {
  const question = { name: 'deprecate' } as const;

  it('whoever polls must have the call', () => {
    expect(against(question, 'v2')).toBeNull();
    expect(against(question, 'v3')).toBeNull();
    expect(against(question, 'v1')).toBe('worker-not-known');
    expect(against(question, null)).toBe('worker-not-known');
    expect(against(question, 'v1', { facts: [manifest(build('v1'), [callOf('none')])] })).toBe('worker-lacks-call');
    expect(against(question, null, { facts: [floor('patched')] })).toBeNull();
  });
});

describe('for `remove`', () => {
  const question = { name: 'remove' } as const;

  it('whoever polls must write deprecated markers alone', () => {
    expect(against(question, 'v3')).toBeNull();
    expect(against(question, 'v2')).toBe('worker-writes-live');
    expect(against(question, 'v1')).toBe('worker-not-known');
    expect(against(question, null)).toBe('worker-not-known');
    expect(against(question, null, { facts: [floor('patched')] })).toBe('worker-not-known');
    expect(against(question, null, { facts: [floor('deprecate-patch')] })).toBeNull();
    expect(against(question, 'v1', { facts: [manifest(build('v1'), [callOf('patched')])] })).toBe('worker-writes-live');
  });
});

describe('for `raise-min`', () => {
  const question = { name: 'raise-min', version: 2 } as const;

  it('whoever polls must have the call and record at least N', () => {
    const by = (buildId: string | null, versions: readonly number[], facts: readonly DeclaredFact[] = allDeclared) =>
      against(question, buildId, { runs: wroteVersions('v2', ...versions), facts });
    expect(by('v2', [2])).toBeNull();
    expect(by('v2', [3])).toBeNull();
    expect(by('v2', [1])).toBe('worker-writes-other-version');
    expect(by('v1', [2])).toBe('worker-not-known');
    expect(by(null, [2])).toBe('worker-not-known');
    expect(by('v2', [2], [])).toBe('worker-not-known');
    expect(by(null, [], [versionFloor(2)])).toBeNull();
    expect(by(null, [], [versionFloor(1)])).toBe('worker-not-known');
    expect(by('v1', [], [manifest(build('v1'), [versionOf(null)])])).toBe('worker-lacks-call');
    expect(by('v1', [], [manifest(build('v1'), [versionOf(1)])])).toBe('worker-writes-other-version');
    expect(by('v1', [], [manifest(build('v1'), [versionOf(2)])])).toBeNull();
  });

  it('needs calls that entered together where several codes have one', () => {
    const runs = [...wroteVersions('v2', 2), ...wroteVersions('v3', 3)];
    expect(against(question, 'v2', { runs, facts: [oneCode()] })).toBe('calls-not-declared');
    expect(against(question, 'v2', { runs })).toBeNull();
  });

  it('does not believe a name that may be two codes, whatever a lower floor says', () => {
    const runs = wroteVersions('v2', 2);
    expect(against(question, 'v2', { runs, facts: [versionFloor(1)] })).toBe('worker-not-known');
  });
});

describe('for `drop-call`', () => {
  const question = { name: 'drop-call', version: 2 } as const;

  it('whoever polls must have the call and record just M', () => {
    const by = (versions: readonly number[], facts: readonly DeclaredFact[] = allDeclared) =>
      against(question, 'v2', { runs: wroteVersions('v2', ...versions), facts });
    expect(by([2])).toBeNull();
    expect(by([1])).toBe('worker-writes-other-version');
    expect(by([3])).toBe('worker-writes-other-version');
    // "At least 2" may be 3.
    expect(by([], [versionFloor(2)])).toBe('worker-not-known');
  });
});

describe('a suspect worker', () => {
  it('is one confirmation away, under every question', () => {
    const own = tasks('v2', { buildId: 'v2', sdkVersion: '2.0.0' });
    const core = (marker: typeof live) => ({ runs: [run('a', { tasks: own, markers: [marker] })] });
    expect(against({ name: 'deprecate' }, 'v2', core(live))).toBe('identity-suspect');
    expect(against({ name: 'remove' }, 'v2', core(deprecated))).toBe('identity-suspect');
    const version = { runs: [run('a', { tasks: own, markers: [versionMarker(PATCH, 2)] })] };
    expect(against({ name: 'raise-min', version: 2 }, 'v2', version)).toBe('identity-suspect');
    expect(against({ name: 'drop-call', version: 2 }, 'v2', version)).toBe('identity-suspect');
    // It is known to write another one: no confirmation helps.
    expect(against({ name: 'drop-call', version: 1 }, 'v2', version)).toBe('worker-writes-other-version');
  });
});

describe('the workers', () => {
  it('count when routing names them, whether or not they poll; fenced ones do not', () => {
    const target = { build: 'd:v3', setsByQueue: new Map() };
    const facts = [oneCode(), manifest(deployment('d:v3'), [callOf('deprecate-patch')])];
    const old = { deploymentVersion: 'd:v1' };
    const workers = [worker('v1', old), worker('v3', { deploymentVersion: 'd:v3' })];
    expect(judge({ name: 'remove' }, workers, { target, facts })).toEqual(new Map());
    expect([...judge({ name: 'remove' }, workers, { facts }).keys()]).toEqual(['worker-not-known']);
    const current = [...workers, routed('v1', old)];
    expect([...judge({ name: 'remove' }, current, { target, facts }).keys()]).toEqual(['worker-not-known']);
  });

  it('are told under each reason with who polls and when', () => {
    const found = judge({ name: 'remove' }, [
      worker('v2', { pollers: ['one', 'two'], lastPollMs: 7 }),
      worker('v3'),
      routed('v2', { taskQueue: 'other' }),
      worker(null),
      worker('v2', { taskQueue: 'queue', lastPollMs: 8 }),
    ]);
    expect([...found]).toEqual([
      [
        'worker-writes-live',
        [
          { identity: build('v2'), taskQueue: 'queue', pollers: ['one', 'two'], lastPollMs: 7 },
          { identity: build('v2'), taskQueue: 'queue', pollers: ['worker@host'], lastPollMs: 8 },
        ],
      ],
      [
        'worker-not-known',
        [
          { identity: build('v2', 'other'), taskQueue: 'other', pollers: [], lastPollMs: null },
          { identity: null, taskQueue: 'queue', pollers: ['worker@host'], lastPollMs: 9_000 },
        ],
      ],
    ]);
  });

  it('are spoken for by a floor that began before their last poll, and by none that began after it', () => {
    const since = (sinceMs: number) =>
      against({ name: 'remove' }, null, { facts: [floor('deprecate-patch', { sinceMs })] });
    expect(since(9_000)).toBeNull();
    expect(since(9_001)).toBe('worker-not-known');
    expect(since(Infinity)).toBe('worker-not-known');
  });
});
