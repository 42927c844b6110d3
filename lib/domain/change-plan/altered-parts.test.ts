import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alteredParts, isRoutingAltered } from '#lib/domain/change-plan/altered-parts.ts';
import {
  add,
  anyOperation,
  anySets,
  compatible,
  merge,
  promoteSet,
  promoteWithin,
  sets,
} from '#lib/domain/change-plan/testing/examples.ts';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

function afterOf(before: VersionSets, operation: VersionSetOperation): VersionSets {
  const outcome = applyOperation(before, operation, NO_LIMITS);
  return outcome.kind === 'changed' ? outcome.sets : before;
}

describe('alteredParts', () => {
  it.each([
    ['a | b', add('n'), ['n', 'b']],
    ['', add('n'), ['n']],
    ['a b | c', compatible('n', 'a'), ['n', 'b']],
    ['a b | c', compatible('n', 'a', true), ['n', 'c', 'b']],
    ['a | b c', promoteSet('a'), ['a', 'c']],
    ['a b | c', promoteWithin('a'), ['a', 'b']],
    ['a | b c', promoteWithin('b'), ['b', 'c']],
    ['a | b | c', merge('a', 'b'), ['a', 'b']],
    ['a | b | c', merge('a', 'c'), ['a', 'c']],
    ['a | b', promoteSet('b'), []],
  ] as const)('of %j by %j', (text, operation, expected) => {
    const before = sets(text);
    expect(alteredParts(before, operation, afterOf(before, operation))).toEqual(expected);
  });

  it('are never more than the server’s reachability takes in one call, and some wherever routing is altered', () => {
    fc.assert(
      fc.property(anySets, anyOperation, (before, operation) => {
        const after = afterOf(before, operation);
        const parts = alteredParts(before, operation, after);
        expect(parts.length).toBeLessThanOrEqual(5);
        expect(parts.length > 0).toBe(isRoutingAltered(before, after));
      }),
    );
  });
});
