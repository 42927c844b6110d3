import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewChange } from '#lib/domain/change-plan/preview-change.ts';
import {
  add,
  anyOperation,
  anySets,
  compatible,
  merge,
  poller,
  promoteSet,
  promoteWithin,
  sets,
  state as stateOf,
} from '#lib/domain/change-plan/testing/examples.ts';
import type { QueueState } from '#lib/domain/change-plan/types.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';

const state = (text: string, over: Partial<QueueState> = {}) => stateOf(sets(text), over);
const promote = promoteSet('a');

function previewed(given: QueueState, operation: VersionSetOperation) {
  const preview = previewChange(given, operation);
  if (preview.kind === 'refused') throw new Error(preview.reason);
  return preview;
}

function notes(given: QueueState, operation: VersionSetOperation) {
  return previewed(given, operation).notes.map((note) => [note.code, note.buildId, note.count]);
}

const codes = (given: QueueState, operation: VersionSetOperation) => notes(given, operation).map(([code]) => code);

describe('runs', () => {
  it('tells where new runs go, which open runs move to which build, and which stay', () => {
    const given = state('a | b', { openRuns: [3, 14], pollers: [poller('c'), poller('a')] });
    expect(notes(given, compatible('c', 'b'))).toEqual([
      ['new-runs-go-to', 'c', null],
      ['started-work', 'c', null],
      ['open-runs-move', 'c', 14],
      ['open-runs-stay', 'a', 3],
    ]);
  });

  it('moves the runs of the secondary set to the default of the primary and joins what stays there', () => {
    const given = state('a | b | c', { openRuns: [3, 14, 2], pollers: [poller('a')] });
    expect(notes(given, merge('a', 'b'))).toEqual([
      ['new-runs-stay', 'c', null],
      ['started-work', 'c', null],
      ['open-runs-move', 'a', 14],
      ['open-runs-stay', 'a', 3],
      ['open-runs-stay', 'c', 2],
    ]);
  });

  it('says nothing of a set that was emptied: nobody can serve it, and nobody knows where new runs go', () => {
    const given = stateOf({ sets: [{ buildIds: ['a', 'b'] }, { buildIds: [] }] }, { openRuns: [3, null] });
    expect(notes({ ...given, pollers: [poller('a')] }, promoteWithin('a'))).toEqual([
      ['new-runs-stay', null, null],
      ['open-runs-move', 'a', 3],
    ]);
  });

  it('never takes an unknown count for none', () => {
    const given = state('a | b', { openRuns: [null, 0], unversionedOpenRuns: null, pollers: [poller('a')] });
    expect(notes(given, promote)).toEqual([
      ['new-runs-go-to', 'a', null],
      ['started-work', 'a', null],
      ['open-runs-stay', 'a', null],
      ['unversioned-runs-wait', 'a', null],
    ]);
  });

  it('accounts for every open run exactly once', () => {
    fc.assert(
      fc.property(
        anySets,
        anyOperation,
        fc.array(fc.nat(50), { minLength: 7, maxLength: 7 }),
        (given, operation, counts) => {
          const openRuns = given.sets.map((_, index) => counts[index] ?? 0);
          const preview = previewChange(stateOf(given, { openRuns }), operation);
          fc.pre(preview.kind === 'planned');
          const told = preview.notes
            .filter(({ code }) => code === 'open-runs-move' || code === 'open-runs-stay')
            .reduce((sum, { count }) => sum + Number(count), 0);
          expect(told).toBe(openRuns.reduce((sum, count) => sum + count, 0));
        },
      ),
    );
  });

  it.each([
    ['an unversioned worker', [poller('x', { useVersioning: false })], 'unversioned-runs-remain'],
    ['a worker without build ID', [poller(null, { useVersioning: false })], 'unversioned-runs-remain'],
    ['nobody', [], 'unversioned-runs-wait'],
    ['a worker of activities', [poller('x', { useVersioning: false, taskKind: 'activity' })], 'unversioned-runs-wait'],
    ['a worker of a set', [poller('a')], 'unversioned-runs-wait'],
    [
      'a worker of a deployment',
      [poller('x', { useVersioning: false, deploymentVersion: 'd.x' })],
      'unversioned-runs-wait',
    ],
  ])('without version are served by %s or wait; what they start goes to the queue default', (_who, pollers, code) => {
    const given = state('', { unversionedOpenRuns: 5, pollers });
    const told = notes(given, add('n')).filter(([name]) => String(name).startsWith('unversioned'));
    expect(told).toEqual([[code, 'n', 5]]);
  });
});

describe('workers', () => {
  it.each([
    ['nobody', []],
    ['another build', [poller('b')]],
    ['an activity worker', [poller('a', { taskKind: 'activity' })]],
    ['an unversioned worker that only sends the ID', [poller('a', { useVersioning: false })]],
    ['a worker of a deployment', [poller('a', { deploymentVersion: 'd.a' })]],
  ])('warns of a default that only %s polls for, and wants its build ID typed', (_who, pollers) => {
    const given = state('a | b', { pollers });
    expect(notes(given, promote)).toContainEqual(['no-poller-for-new-default', 'a', 0]);
    expect(previewed(given, promote).mustConfirm).toBe('a');
  });

  it('wants nothing typed where a worker polls, or where nothing changes', () => {
    expect(previewed(state('a | b', { pollers: [poller('a')] }), promote).mustConfirm).toBeNull();
    expect(previewed(state('b | a'), promote)).toMatchObject({ isAlreadySo: true, mustConfirm: null });
    // The set's default is what must poll, whichever member names the set.
    expect(previewed(state('a c | b', { pollers: [poller('a')] }), promote).mustConfirm).toBe('c');
  });

  it('counts workers, not polls, that use an ID which is in no set even after the change', () => {
    const pollers = [
      poller('x'),
      poller('x', { taskKind: 'activity' }),
      poller('n'),
      poller('u', { useVersioning: false }),
    ];
    expect(notes(state('a', { pollers }), add('n'))).toEqual([
      ['new-runs-go-to', 'n', null],
      ['started-work', 'n', null],
      ['unregistered-pollers', 'x', 1],
    ]);
  });

  it('counts workers that are superseded after the change, those of activities too', () => {
    const pollers = [
      poller('a'),
      poller('a', { identity: 'another', taskKind: 'activity' }),
      poller('b', { deploymentVersion: 'd.b' }),
      poller('c'),
      poller('x', { useVersioning: false }),
    ];
    const superseded = (operation: VersionSetOperation) =>
      notes(state('x a | b c', { pollers }), operation).filter(([code]) => code === 'superseded-pollers');
    expect(superseded(promoteWithin('x'))).toEqual([['superseded-pollers', 'a', 2]]);
    expect(superseded(merge('a', 'b'))).toEqual([['superseded-pollers', 'c', 1]]);
    expect(superseded(promoteSet('a'))).toEqual([]);
  });
});

describe('what else changes', () => {
  it('says that nothing is to do, and no more than stands', () => {
    const given = state('a', { unversionedOpenRuns: 5, pollers: [poller('a')] });
    expect(notes(given, promote)).toEqual([
      ['no-change', 'a', null],
      ['new-runs-stay', 'a', null],
      ['unversioned-runs-wait', 'a', 5],
    ]);
    expect(previewed(given, promote)).toMatchObject({ isAlreadySo: true, after: given.sets });
  });

  it('tells of rules that a merge wipes, and of nothing where it wipes none', () => {
    const withRules = (rules: number | null) => state('a b | c', { rules });
    expect(notes(withRules(3), merge('c', 'a'))).toContainEqual(['rules-lost', null, 3]);
    expect(notes(withRules(null), merge('c', 'a'))).toContainEqual(['rules-not-known', null, null]);
    expect(codes(withRules(0), merge('c', 'a')).filter((code) => String(code).startsWith('rules'))).toEqual([]);
    for (const kept of [merge('a', 'b'), promote])
      expect(codes(withRules(null), kept)).not.toContain('rules-not-known');
  });

  it('marks an order that the server alone will know', () => {
    const given = state('a b | c');
    expect(notes(given, merge('b', 'c'))).toContainEqual(['merged-order-open', 'b', 2]);
    expect(codes(given, merge('c', 'b'))).not.toContain('merged-order-open');
  });

  it('notes a default limit but leaves the refusal to Temporal, whose limit may be another', () => {
    const given = state(Array.from({ length: 10 }, (_, index) => `s${index}`).join(' | '));
    expect(notes(given, add('x'))).toContainEqual(['over-default-limit', null, 11]);
  });

  it('tells how it is taken back', () => {
    expect(previewed(state('a | b'), promote).undo).toMatchObject({ operations: [promoteSet('b')], leaves: 'nothing' });
    expect(previewed(state(''), add('a')).undo).toEqual({ kind: 'none', why: 'was-unversioned' });
  });

  it('gives refusals as the model does', () => {
    expect(previewChange(state('b'), promote)).toMatchObject({ kind: 'refused', code: 'not-found' });
    expect(previewChange(state(''), add('x'.repeat(256)))).toMatchObject({
      kind: 'refused',
      code: 'invalid-argument',
    });
  });
});
