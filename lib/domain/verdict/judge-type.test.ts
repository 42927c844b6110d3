import { describe, expect, it } from 'vitest';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { codesOf, safeEvidence, worker, routed, QUESTIONS } from '#lib/domain/verdict/testing/evidence.ts';
import {
  allOn,
  build,
  callbackInUse,
  callOf,
  floor,
  manifest,
  noCallback,
  oneCode,
} from '#lib/domain/verdict/testing/facts.ts';
import { coreMarker, deprecated, PATCH, run, tasks, versionMarker } from '#lib/domain/verdict/testing/runs.ts';

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

  it('is blocked by nothing: a typing error is as likely', () => {
    const facts = [oneCode(), callbackInUse, manifest(build('v2', 'queue'), [callOf('none', null, 'typo')])];
    const verdict = judgePatch(safeEvidence('deprecate', { patchId: 'typo', facts }));
    expect(verdict).toMatchObject({ answer: 'unknown', wait: null, classes: { 'may-hold-old-branch': 1 } });
    expect(codesOf(verdict)).toEqual(['never-seen']);
    expect(judgePatch(safeEvidence('deprecate', { patchId: 'typo', facts, isRemembered: true })).answer).toBe(
      'blocked',
    );
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

it('the changed code is no code that has recorded the patch, though a floor speaks for whoever polls', () => {
  const runs = [...(safeEvidence('deprecate').types[0]?.runs ?? []), run('b', { tasks: tasks('v2') })];
  const facts = [oneCode(), noCallback, floor('patched', { sinceMs: 9_000 })];
  const workers = [worker('v2'), routed('v9', { deploymentVersion: 'd:v9' })];
  const target = { build: 'd:v9', setsByQueue: new Map() };
  expect(codes('deprecate', { runs, facts, workers, target })).toEqual([]);
  // Without a target it is a build that routing names and that nobody runs: no floor speaks for it.
  expect(codes('deprecate', { runs, facts, workers })).toEqual(['worker-not-known', 'calls-not-declared']);
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
