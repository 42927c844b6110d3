import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { canonicalSets } from '#lib/domain/version-sets/canonical.ts';
import { isResultOf } from '#lib/domain/version-sets/is-result-of.ts';
import { areSameSets, buildIdsOf, placeOf, queueDefault, setDefault, setOf } from '#lib/domain/version-sets/queries.ts';
import { anyOperationOn, anySetsOf } from '#lib/domain/version-sets/testing/any-sets.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'A', 'é', 'x,"y'];
const operation = anyOperationOn(IDS);
const state = anySetsOf(IDS, 4);

/** Runs a property on every operation that changes the sets. */
function forChanges(check: (before: VersionSets, done: VersionSetOperation, after: VersionSets) => void): void {
  fc.assert(
    fc.property(state, operation, (before, done) => {
      const outcome = applyOperation(before, done);
      if (outcome.kind === 'changed') check(before, done, outcome.sets);
    }),
    { numRuns: 2_000 },
  );
}

describe('every operation', () => {
  it('loses no build ID, adds at most one and keeps each only once', () => {
    forChanges((before, done, after) => {
      const ids = buildIdsOf(after);
      expect(new Set(ids).size).toBe(ids.length);
      const isAdding = done.kind === 'add-new-default' || done.kind === 'add-new-compatible';
      expect(ids).toEqual(expect.arrayContaining(buildIdsOf(before)));
      expect(ids.length - buildIdsOf(before).length).toBe(isAdding ? 1 : 0);
    });
  });

  it('changes the digest when and only when it says so, and never leaves an empty set', () => {
    forChanges((before, _done, after) => {
      expect(canonicalSets(after)).not.toBe(canonicalSets(before));
      expect(after.sets.every((set) => set.buildIds.length > 0)).toBe(true);
    });
  });

  it('never parts build IDs that were compatible', () => {
    forChanges((before, _done, after) => {
      for (const { buildIds } of before.sets) {
        expect(new Set(buildIds.map((buildId) => placeOf(after, buildId)?.set)).size).toBe(1);
      }
    });
  });

  it('applied once more finds nothing to do', () => {
    forChanges((_before, done, after) => expect(applyOperation(after, done).kind).toBe('no-op'));
  });

  it('gives what isResultOf accepts, and isResultOf accepts neither the state before nor another order', () => {
    forChanges((before, done, after) => {
      expect(isResultOf(before, done, after)).toBe(true);
      expect(isResultOf(before, done, before)).toBe(false);
      const turned = { sets: after.sets.toReversed() };
      if (!areSameSets(turned, after)) expect(isResultOf(before, done, turned)).toBe(false);
    });
  });
});

describe('what each operation is for', () => {
  it('moves the defaults that it names and no other set', () => {
    forChanges((before, done, after) => {
      switch (done.kind) {
        case 'add-new-default':
          return expect(queueDefault(after)).toBe(done.buildId);
        case 'promote-set': {
          const promoted = setOf(before, done.buildId);
          return expect(queueDefault(after)).toBe(promoted && setDefault(promoted));
        }
        case 'promote-within-set':
        case 'add-new-compatible': {
          const named = done.kind === 'promote-within-set' ? done.buildId : done.newBuildId;
          const set = setOf(after, named);
          expect(set && setDefault(set)).toBe(named);
          if (done.kind === 'add-new-compatible' && done.asQueueDefault) expect(queueDefault(after)).toBe(named);
          return;
        }
        case 'merge-sets': {
          const primary = setOf(before, done.primaryBuildId);
          const merged = setOf(after, done.primaryBuildId);
          expect(merged && setDefault(merged)).toBe(primary && setDefault(primary));
          return expect(after.sets.length).toBe(before.sets.length - 1);
        }
      }
    });
  });
});

describe('a merge', () => {
  it('is accepted in each order in which the superseded build IDs may mix, and in no other', () => {
    const before = { sets: [{ buildIds: ['a', 'b', 'p'] }, { buildIds: ['x'] }, { buildIds: ['c', 's'] }] };
    const done = { kind: 'merge-sets', primaryBuildId: 'p', secondaryBuildId: 's' } as const;
    const accepted = permutations(['a', 'b', 'p', 'c', 's']).filter((buildIds) =>
      isResultOf(before, done, { sets: [{ buildIds: ['x'] }, { buildIds }] }),
    );
    // 4 places for a, b, c, s; a before b and c before s: 4! / (2! · 2!) orders, each with p last.
    expect(accepted).toHaveLength(6);
    expect(accepted.every((order) => order.at(-1) === 'p')).toBe(true);
  });
});

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first, index) =>
    permutations([...list.slice(0, index), ...list.slice(index + 1)]).map((rest) => [first, ...rest]),
  );
}
