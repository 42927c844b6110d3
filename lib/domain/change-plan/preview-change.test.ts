import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewChange } from '#lib/domain/change-plan/preview-change.ts';
import type { QueueState } from '#lib/domain/change-plan/types.ts';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';

function poller(buildId: string | null, over: Partial<Poller> = {}): Poller {
  const identity = `worker-${buildId}`;
  return {
    identity,
    taskKind: 'workflow',
    lastPollMs: 1,
    buildId,
    useVersioning: true,
    deploymentVersion: null,
    ...over,
  };
}

function state(sets: string[][], over: Partial<QueueState> = {}): QueueState {
  return {
    sets: { sets: sets.map((buildIds) => ({ buildIds })) },
    openRuns: sets.map(() => 0),
    unversionedOpenRuns: 0,
    pollers: [],
    ...over,
  };
}

function notes(given: QueueState, operation: VersionSetOperation) {
  const preview = previewChange(given, operation);
  if (preview.kind === 'refused') throw new Error(preview.reason);
  return preview.notes.map((note) => [note.code, note.buildId, note.count]);
}

const promote: VersionSetOperation = { kind: 'promote-set', buildId: 'a' };

describe('previewChange', () => {
  it('tells where new runs go, which open runs move to which build, and which stay', () => {
    const given = state([['a'], ['b']], { openRuns: [3, 14], pollers: [poller('c'), poller('a')] });
    const operation = { kind: 'add-new-compatible', newBuildId: 'c', existingBuildId: 'b', asQueueDefault: false };
    expect(notes(given, operation as VersionSetOperation)).toEqual([
      ['new-runs-go-to', 'c', null],
      ['open-runs-move', 'c', 14],
      ['open-runs-stay', 'a', 3],
    ]);
  });

  it('moves the runs of the secondary set to the default of the primary and joins what stays there', () => {
    const given = state([['a'], ['b'], ['c']], { openRuns: [3, 14, 2], pollers: [poller('a')] });
    expect(notes(given, { kind: 'merge-sets', primaryBuildId: 'a', secondaryBuildId: 'b' })).toEqual([
      ['new-runs-stay', 'c', null],
      ['open-runs-move', 'a', 14],
      ['open-runs-stay', 'a', 3],
      ['open-runs-stay', 'c', 2],
    ]);
  });

  it('never takes an unknown count for none', () => {
    const given = state([['a'], ['b']], { openRuns: [null, 0], unversionedOpenRuns: null, pollers: [poller('a')] });
    expect(notes(given, promote)).toEqual([
      ['new-runs-go-to', 'a', null],
      ['open-runs-stay', 'a', null],
      ['unversioned-runs-remain', null, null],
    ]);
  });

  it.each([
    ['nobody', []],
    ['another build', [poller('b')]],
    ['an activity worker', [poller('a', { taskKind: 'activity' })]],
    ['an unversioned worker that only sends the ID', [poller('a', { useVersioning: false })]],
    ['a worker of a deployment', [poller('a', { deploymentVersion: 'd.a' })]],
  ])('warns of a default that only %s polls for', (_who, pollers) => {
    expect(notes(state([['a'], ['b']], { pollers }), promote)).toContainEqual(['no-poller-for-new-default', 'a', 0]);
  });

  it('counts workers, not polls, that use an ID which is in no set even after the change', () => {
    const pollers = [
      poller('x'),
      poller('x', { taskKind: 'activity' }),
      poller('n'),
      poller('u', { useVersioning: false }),
    ];
    const added = notes(state([['a']], { pollers }), { kind: 'add-new-default', buildId: 'n' });
    expect(added).toEqual([
      ['new-runs-go-to', 'n', null],
      ['unregistered-pollers', 'x', 1],
    ]);
  });

  it('says that unversioned runs remain, and that nothing is to do', () => {
    const given = state([['a']], { unversionedOpenRuns: 5, pollers: [poller('a')] });
    expect(notes(given, promote)).toEqual([
      ['no-change', 'a', null],
      ['new-runs-stay', 'a', null],
      ['unversioned-runs-remain', null, 5],
    ]);
    expect(previewChange(given, promote)).toMatchObject({ isAlreadySo: true, after: given.sets });
  });

  it('marks an order that the server alone will know', () => {
    const given = state([['a', 'b'], ['c']], { pollers: [poller('b'), poller('c')] });
    const into = (primaryBuildId: string, secondaryBuildId: string) =>
      notes(given, { kind: 'merge-sets', primaryBuildId, secondaryBuildId });
    expect(into('b', 'c')).toContainEqual(['merged-order-open', 'b', 2]);
    expect(into('c', 'b').map(([code]) => code)).not.toContain('merged-order-open');
  });

  it('notes a default limit but leaves the refusal to Temporal, whose limit may be another', () => {
    const given = state(Array.from({ length: 10 }, (_, index) => [`s${index}`]));
    expect(notes(given, { kind: 'add-new-default', buildId: 'x' })).toContainEqual(['over-default-limit', null, 11]);
  });

  it('gives refusals as the model does', () => {
    expect(previewChange(state([['b']]), promote)).toMatchObject({ kind: 'refused', code: 'not-found' });
    expect(previewChange(state([]), { kind: 'add-new-default', buildId: 'x'.repeat(256) })).toMatchObject({
      kind: 'refused',
      code: 'invalid-argument',
    });
  });

  it('accounts for every open run exactly once', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const id = fc.constantFrom(...ids);
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.oneof(
          fc.record({ kind: fc.constantFrom('promote-set' as const, 'promote-within-set' as const), buildId: id }),
          fc.record({ kind: fc.constant('merge-sets' as const), primaryBuildId: id, secondaryBuildId: id }),
        ),
        (counts, cut, operation) => {
          const openRuns = counts.slice(0, 2);
          const given = state([ids.slice(0, cut), ids.slice(cut)], { openRuns });
          const told = notes(given, operation)
            .filter(([code]) => code === 'open-runs-move' || code === 'open-runs-stay')
            .reduce((sum, [, , count]) => sum + Number(count), 0);
          expect(told).toBe(openRuns.reduce((sum, count) => sum + count, 0));
        },
      ),
    );
  });
});
