import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  anyOperation,
  anySets,
  compatible,
  merge,
  poller,
  promoteSet,
  sets,
  state,
} from '#lib/domain/change-plan/testing/examples.ts';
import { whatIf, type WhatIfResult } from '#lib/domain/change-plan/what-if.ts';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

function codes({ steps }: WhatIfResult, step: number) {
  return steps[step]?.preview.notes.map(({ code, buildId, count }) => [code, buildId, count]);
}

/** The model alone, up to the first refusal. */
function folded(from: VersionSets, operations: readonly VersionSetOperation[]) {
  let now = from;
  for (const operation of operations) {
    const outcome = applyOperation(now, operation, NO_LIMITS);
    if (outcome.kind === 'refused') return { now, refused: operation };
    if (outcome.kind === 'changed') now = outcome.sets;
  }
  return { now, refused: null };
}

describe('whatIf', () => {
  it('previews each operation on what the ones before it leave', () => {
    const given = state(sets('a | b'), { openRuns: [3, 14], pollers: [poller('n'), poller('a')] });
    const result = whatIf(given, [add('n'), merge('a', 'b'), promoteSet('a')]);
    expect(result.steps.map(({ before }) => before)).toEqual([sets('a | b'), sets('a | b | n'), sets('b a | n')]);
    expect(codes(result, 0)).toContainEqual(['open-runs-stay', 'b', 14]);
    expect(codes(result, 1)).toContainEqual(['open-runs-move', 'a', 14]);
    expect(codes(result, 2)).toContainEqual(['open-runs-stay', 'a', 17]);
    expect(result.steps.at(-1)?.preview.after).toEqual(sets('n | b a'));
  });

  it('keeps an unknown count unknown through a merge', () => {
    const given = state(sets('a | b'), { openRuns: [null, 2] });
    const result = whatIf(given, [merge('a', 'b'), add('n')]);
    expect(codes(result, 1)).toContainEqual(['open-runs-stay', 'a', null]);
  });

  it('loses rules once', () => {
    const result = whatIf(state(sets('a | b | c'), { rules: 2 }), [merge('a', 'b'), merge('a', 'c')]);
    const lost = result.steps.map(({ preview }) => preview.notes.filter(({ code }) => code === 'rules-lost').length);
    expect(lost).toEqual([1, 0]);
  });

  it.each([
    ['a merge without effect', merge('a', 'b')],
    ['any other operation', promoteSet('a')],
  ])('does not take rules for lost that %s leaves', (_which, first) => {
    const result = whatIf(state(sets('a b | c'), { rules: 2 }), [first, merge('a', 'c')]);
    expect(codes(result, 1)).toContainEqual(['rules-lost', null, 2]);
  });

  it('ends at the first refusal and says which it is', () => {
    const refused = compatible('x', 'nobody');
    const result = whatIf(state(sets('a')), [add('b'), refused, add('c')]);
    expect(result.steps).toHaveLength(1);
    expect(result.refused).toMatchObject({ operation: refused, refusal: { code: 'not-found' } });
  });

  it('ends in the sets that the model gives, and every open run is still there', () => {
    fc.assert(
      fc.property(
        anySets,
        fc.array(anyOperation, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(50), { minLength: 7, maxLength: 7 }),
        (given, operations, counts) => {
          const openRuns = given.sets.map((_, index) => counts[index] ?? 0);
          const { steps, refused } = whatIf(state(given, { openRuns }), operations);
          const model = folded(given, operations);
          expect(steps.at(-1)?.preview.after ?? given).toEqual(model.now);
          expect(refused?.operation ?? null).toEqual(model.refused);
          const total = openRuns.reduce((sum, count) => sum + count, 0);
          for (const { preview } of steps) {
            const told = preview.notes.filter(({ code }) => code === 'open-runs-move' || code === 'open-runs-stay');
            expect(told.reduce((sum, { count }) => sum + Number(count), 0)).toBe(total);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
