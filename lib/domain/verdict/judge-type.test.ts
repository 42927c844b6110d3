import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { EXAMPLES_MAX } from '#lib/domain/verdict/examples.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { NO_CLASSES } from '#lib/domain/verdict/run-classes.ts';
import { codesOf, evidence, safeEvidence, worker, routed, QUESTIONS } from '#lib/domain/verdict/testing/evidence.ts';
import { allOn, callbackInUse, noCallback, oneCode } from '#lib/domain/verdict/testing/facts.ts';
import { coreMarker, deprecated, live, PATCH, run, tasks, versionMarker } from '#lib/domain/verdict/testing/runs.ts';
import type { ClassCounts } from '#lib/domain/verdict/types.ts';

/** What keeps evidence from being safe that would be safe without the change. */
function codes(name: (typeof QUESTIONS)[number], changes: Parameters<typeof safeEvidence>[1]) {
  return codesOf(judgePatch(safeEvidence(name, changes)));
}

describe.each(QUESTIONS)('%s', (name) => {
  it('is safe when nothing blocks and nothing is missing', () => {
    const verdict = judgePatch(safeEvidence(name));
    expect(verdict).toMatchObject({ answer: 'safe', reasons: [], wait: null, runsConsidered: 1, historiesRead: 1 });
    expect(verdict.byType).toMatchObject([{ workflowType: 'T', answer: 'safe', reasons: [], wait: null }]);
  });

  it.each([
    ['the list is not whole', { isListComplete: false }, 'list-incomplete'],
    ['queues are not known', { areQueuesKnown: false }, 'queues-not-known'],
    ['workers were not watched', { areWorkersWatched: false }, 'workers-not-watched'],
    ['nobody polls', { workers: [] }, 'no-poller'],
    ['nobody polls the build that routing names', { workers: [routed('v2')] }, 'no-poller'],
    ['a worker is not known', { workers: [worker('v2'), worker('v1')] }, 'worker-not-known'],
    ['routing names a build that is not known', { workers: [worker('v2'), routed('v1')] }, 'worker-not-known'],
  ] as const)('is unknown when %s', (_name, changes, code) => {
    const verdict = judgePatch(safeEvidence(name, changes));
    expect([verdict.answer, codesOf(verdict)]).toEqual(['unknown', [code]]);
  });

  it('is unknown while a run is not read, and says why', () => {
    const runs = [...(safeEvidence(name).types[0]?.runs ?? []), run('b', { isUnread: true })];
    expect(codes(name, { runs })).toEqual(['not-read-yet']);
    expect(codes(name, { runs, unreadCode: 'evidence-budget' })).toEqual(['evidence-budget']);
    expect(codes(name, { runs, unreadableRunIds: new Set(['b']) })).toEqual(['history-unreadable']);
    expect(codes(name, { runs, unreadableRunIds: new Set(['c']) })).toEqual(['not-read-yet']);
  });

  it('is unknown while a marker cannot be decoded', () => {
    const hidden = run('b', { tasks: tasks('v2'), unreadable: [{ eventId: 5, reason: 'encrypted-or-encoded' }] });
    const runs = [...(safeEvidence(name).types[0]?.runs ?? []), hidden];
    expect(codes(name, { runs, unreadableRunIds: new Set(['b']) })).toEqual(['marker-unreadable']);
  });
});

describe('never seen', () => {
  const bare = [run('a', { tasks: [] })];

  it('is a patch that no run, label or memory of the type knows', () => {
    expect(codes('remove', { runs: bare })).toContain('never-seen');
    expect(codes('remove', { runs: bare, isRemembered: true })).toEqual(['worker-not-known']);
    expect(codes('remove', { runs: [], isRemembered: true })).toEqual(['worker-not-known']);
    expect(codes('remove', { runs: [] })).toContain('never-seen');
  });

  it('is not a patch that a witness recorded or a label names', () => {
    const witness = run('w', { tasks: tasks('v2'), markers: [deprecated], closeMs: 9 });
    expect(codes('remove', { runs: bare, witnesses: [witness] })).toEqual([]);
    expect(codes('remove', { runs: [run('a', { tasks: [], runLabels: [PATCH] })] })).not.toContain('never-seen');
    expect(codes('remove', { runs: [run('a', { isUnread: true, runLabels: [PATCH] })] })).toEqual([
      'not-read-yet',
      'worker-not-known',
    ]);
  });

  it('is an id of another spelling or kind', () => {
    const other = (markers: Parameters<typeof run>[1]) => codes('remove', { runs: [run('a', markers)] });
    expect(other({ tasks: tasks('v2'), markers: [coreMarker('MY-PATCH', true)] })).toContain('never-seen');
    expect(other({ tasks: tasks('v2'), markers: [versionMarker(PATCH, 1)] })).toContain('never-seen');
    expect(other({ tasks: [], runLabels: ['MY-PATCH', 'my-patch-1'] })).toContain('never-seen');
    expect(codes('remove', { patchId: 'my-pacth' })).toContain('never-seen');
  });

  it('is by label of GetVersion when the label is the id with a version', () => {
    const labelled = (label: string) => codes('raise-min', { runs: [run('a', { tasks: [], runLabels: [label] })] });
    expect(labelled('my-patch--1')).not.toContain('never-seen');
    expect(labelled('my-patch')).toContain('never-seen');
  });
});

describe('the activation callback', () => {
  const facts = [oneCode()];

  // Go's and Java's counterpart, the preferred version provider, may record any version that is still supported.
  it.each(['deprecate', 'raise-min', 'drop-call'] as const)('in use lets any new run decline: %s', (name) => {
    expect(codes(name, { facts })).toEqual(['callback-not-declared']);
    expect(codes(name, { facts: [...facts, callbackInUse] })).toEqual(['callback-in-use']);
    expect(codes(name, { facts: [...facts, allOn(1_000)] })).toEqual([]);
    expect(codes(name, { facts: [...facts, allOn(Infinity)] })).toEqual(['callback-in-use']);
  });

  it('is no reason by itself for `remove`: it is not asked by `deprecate_patch`', () => {
    expect(codes('remove', { facts })).toEqual([]);
    expect(codes('remove', { facts: [...facts, callbackInUse] })).toEqual([]);
  });
});

describe('a full list of ids', () => {
  const knownPatchIds = [PATCH, 'x'.repeat(2_048)];
  const target = { build: 'd:v9', setsByQueue: new Map() };

  it('blocks `remove` while somebody at work may record another patch later', () => {
    const [reason, ...more] = judgePatch(safeEvidence('remove', { knownPatchIds })).reasons;
    expect(more).toEqual([]);
    expect(reason).toMatchObject({ code: 'label-full', count: null });
    expect(codes('remove', { knownPatchIds, workers: [routed('v2'), worker('v2')] })).toEqual(['label-full']);
    expect(codes('remove', { knownPatchIds: [PATCH] })).toEqual([]);
  });

  it('does not where all who work are kept apart from the changed code', () => {
    const pinned = worker('v8', { deploymentVersion: 'd:v8' });
    const toCome = routed('v9', { deploymentVersion: 'd:v9' });
    expect(codes('remove', { knownPatchIds, target, workers: [pinned, toCome] })).toEqual([]);
    const current = worker('v9', { deploymentVersion: 'd:v9' });
    expect(codes('remove', { knownPatchIds, target, workers: [pinned, current] })).toContain('label-full');
    expect(codes('remove', { knownPatchIds, workers: [pinned] })).toContain('label-full');
  });

  it.each(['deprecate', 'raise-min', 'drop-call'] as const)('is no matter for %s', (name) => {
    expect(codes(name, { knownPatchIds })).toEqual([]);
  });
});

describe('the reasons', () => {
  it('count runs and workers, and show the oldest', () => {
    const runs = Array.from({ length: 50 }, (_, index) => run(`r${index}`, { startMs: 100 - index, markers: [live] }));
    const verdict = judgePatch(evidence({ runs, workers: [worker('v1'), worker(null)] }));
    const [first, second] = verdict.reasons;
    expect(first).toMatchObject({ code: 'marker-live', count: 50, workers: [], workflowTypes: ['T'] });
    expect(first?.examples).toHaveLength(EXAMPLES_MAX);
    expect(first?.examples[0]?.runId).toBe('r49');
    expect(second).toMatchObject({ code: 'worker-writes-live', count: 1, examples: [], workflowTypes: ['T'] });
    expect(second?.workers).toMatchObject([{ identity: { buildId: 'v1' } }]);
    expect(verdict.reasons[2]).toMatchObject({ code: 'worker-not-known', count: 1, workers: [{ identity: null }] });
  });

  it('are not counted where there is nothing to count', () => {
    const verdict = judgePatch(safeEvidence('remove', { isListComplete: false }));
    expect(verdict.reasons).toEqual([
      { code: 'list-incomplete', count: null, examples: [], workers: [], workflowTypes: ['T'] },
    ]);
  });

  it('of runs and of workers under one code stand together', () => {
    const own = tasks('v2', { buildId: 'v2', sdkVersion: '2.0.0' });
    const seen = run('w', { tasks: own, markers: [live], closeMs: 9 });
    const facts = [oneCode(), noCallback];
    const verdict = judgePatch(
      safeEvidence('deprecate', { runs: [run('a', { tasks: tasks('v2') })], witnesses: [seen], facts }),
    );
    expect(verdict.reasons).toMatchObject([
      { code: 'identity-suspect', count: 2, examples: [{ runId: 'a' }], workers: [{ taskQueue: 'queue' }] },
    ]);
  });
});

describe('the wait', () => {
  const blocked = (...ends: readonly (number | null)[]) =>
    ends.map((endsByMs, index) => run(`r${index}`, { markers: [live], endsByMs }));

  it('is until the last blocking run ends by its timeouts', () => {
    const of = (...ends: readonly (number | null)[]) => judgePatch(evidence({ runs: blocked(...ends) })).wait;
    expect(of(70, 90, 80)).toEqual({ latestEndMs: 90, endlessRuns: 0 });
    expect(of(null, 90, null)).toEqual({ latestEndMs: 90, endlessRuns: 2 });
    expect(of(null)).toEqual({ latestEndMs: null, endlessRuns: 1 });
    expect(of(-5)).toEqual({ latestEndMs: -5, endlessRuns: 0 });
  });

  it('is none when no run blocks, and none for runs that do not', () => {
    expect(judgePatch(safeEvidence('remove', { workers: [worker(null)] })).wait).toBeNull();
    const cleared = run('c', { tasks: tasks('v3'), markers: [deprecated], endsByMs: 500 });
    const unread = run('u', { isUnread: true });
    expect(judgePatch(evidence({ runs: [...blocked(70), cleared, unread] })).wait).toEqual({
      latestEndMs: 70,
      endlessRuns: 0,
    });
  });
});

describe('the policy', () => {
  const closed = run('closed', { tasks: tasks('v2'), markers: [live], closeMs: 5_000 });
  const closing = run('closing', { tasks: tasks('v2'), markers: [live], isClosed: true });
  const safe = safeEvidence('remove').types[0]?.runs ?? [];

  it('`open` judges open runs alone, also those that closed while they were read', () => {
    const of = (own: CensusRun) => judgePatch(evidence({ runs: [own] }));
    const unread = run('unread', { isUnread: true, closeMs: 5_000 });
    for (const own of [closed, closing, unread]) {
      expect(of(own)).toMatchObject({ runsConsidered: 0, historiesRead: 0 });
    }
    // A closed run is still a witness of what its workers write.
    expect(codes('remove', { runs: [...safe, closed] })).toContain('worker-writes-live');
  });

  it('`retention` judges those that can still be queried, reset or replayed', () => {
    const verdict = judgePatch(
      safeEvidence('remove', {
        runs: [closed, closing, run('u', { isUnread: true, closeMs: 5 })],
        policy: 'retention',
      }),
    );
    expect(verdict).toMatchObject({ answer: 'blocked', runsConsidered: 3, historiesRead: 2 });
    expect(verdict.reasons[0]).toMatchObject({ code: 'marker-live', count: 2 });
    expect(codesOf(verdict)).toContain('not-read-yet');
  });

  it('never judges witnesses', () => {
    const verdict = judgePatch(safeEvidence('remove', { witnesses: [closed], policy: 'retention' }));
    expect(verdict.runsConsidered).toBe(1);
    expect(codesOf(verdict)).not.toContain('marker-live');
  });
});

it('classes sum to the runs considered', () => {
  const runs = [
    run('a', { markers: [live] }),
    run('b', { tasks: tasks('v3'), markers: [deprecated] }),
    run('c', { tasks: [] }),
    run('d', { isUnread: true }),
    run('e', { closeMs: 1 }),
  ];
  const { classes, runsConsidered, historiesRead, byType } = judgePatch(evidence({ runs }));
  const expected: ClassCounts = {
    ...NO_CLASSES,
    'marker-live': 1,
    'marker-deprecated': 1,
    'no-task-yet': 1,
    unknown: 1,
  };
  expect(classes).toEqual(expected);
  expect([runsConsidered, historiesRead]).toEqual([4, 3]);
  expect(byType[0]?.classes).toEqual(classes);
});
