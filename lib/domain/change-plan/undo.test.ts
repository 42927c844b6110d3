import { describe, expect, it } from 'vitest';
import { add, compatible, merge, promoteSet, promoteWithin, sets } from '#lib/domain/change-plan/testing/examples.ts';
import { nextUndoStep, undoOf } from '#lib/domain/change-plan/undo.ts';

describe('undoOf', () => {
  it.each([
    ['a | b c', add('n'), [promoteSet('c')], 'new-set'],
    ['a b | c', compatible('n', 'a'), [promoteWithin('b')], 'new-build'],
    ['a b | c', compatible('n', 'a', true), [promoteSet('c'), promoteWithin('b')], 'new-build'],
    // The set is queue default already: asking for it moved nothing.
    ['c | a b', compatible('n', 'a', true), [promoteWithin('b')], 'new-build'],
    ['a b | c | d e', promoteSet('a'), [promoteSet('e')], 'nothing'],
    ['a b c | d', promoteWithin('a'), [promoteWithin('c')], 'nothing'],
  ] as const)('of %j by %j', (before, operation, operations, leaves) => {
    expect(undoOf(sets(before), operation)).toEqual({ kind: 'operations', operations, leaves });
  });

  it.each([
    ['', add('n'), 'was-unversioned'],
    ['a | b', merge('a', 'b'), 'merged'],
    ['a | b', promoteSet('b'), 'no-change'],
    ['a b', merge('a', 'b'), 'no-change'],
    ['a', promoteSet('nobody'), 'no-change'],
  ] as const)('of %j by %j is none: %s', (before, operation, why) => {
    expect(undoOf(sets(before), operation)).toEqual({ kind: 'none', why });
  });

  it('of a queue whose default set was emptied is none: nothing in it can be promoted', () => {
    const before = { sets: [{ buildIds: ['a'] }, { buildIds: [] }] };
    for (const operation of [promoteSet('a'), add('n'), compatible('n', 'a', true)]) {
      expect(undoOf(before, operation)).toEqual({ kind: 'none', why: 'was-unversioned' });
    }
  });
});

describe('nextUndoStep', () => {
  it.each([
    ['promoting back', 'a | b', promoteSet('a'), 'b | a', promoteSet('b')],
    ['after other sets came and went in rank', 'a | b | x', promoteSet('a'), 'x z | b | y | a', promoteSet('x')],
    ['though the promoted set has another default by now', 'a | b', promoteSet('a'), 'b | a a2', promoteSet('b')],
    ['though the former set has another default by now', 'a | b', promoteSet('a'), 'b b2 | a', promoteSet('b')],
    ['the queue first', 'a | b', compatible('n', 'a', true), 'b | a n', promoteSet('b')],
    ['then the set', 'a | b', compatible('n', 'a', true), 'a n | b', promoteWithin('a')],
    ['the queue alone, when the set is done', 'a | b', compatible('n', 'a', true), 'b | n a', promoteSet('b')],
    ['wherever the set stands', 'a b | c', promoteWithin('a'), 'c | x | b a', promoteWithin('b')],
  ] as const)('%s', (_case, before, operation, now, next) => {
    expect(nextUndoStep(sets(before), operation, sets(now))).toEqual({ kind: 'operation', operation: next });
  });

  it.each([
    ['a | b', promoteSet('a'), 'a | b'],
    ['a | b', promoteSet('a'), 'a | b b2'],
    ['a b | c', promoteWithin('a'), 'c | a b'],
    ['a | b', compatible('n', 'a', true), 'n a | b'],
  ] as const)('of %j by %j is done at %j', (before, operation, now) => {
    expect(nextUndoStep(sets(before), operation, sets(now))).toEqual({ kind: 'done' });
  });

  it.each([
    ['a | b', promoteSet('a'), 'a | b | c', ['queue-default', 'b', 'a', 'c']],
    ['a | b', promoteSet('a'), 'b a', ['sets-merged', 'b', 'a', 'a']],
    ['a | b', promoteSet('a'), 'a b', ['sets-merged', 'b', 'a', 'b']],
    ['a | b', promoteSet('a'), 'c | a', ['queue-default', 'b', 'a', 'a']],
    ['a b | c', promoteWithin('a'), 'b a d | c', ['set-default', 'b', 'a', 'd']],
    ['a b | c', promoteWithin('a'), 'b a c', ['set-default', 'b', 'a', 'c']],
    ['a b | c', promoteWithin('a'), 'a | c', ['set-default', 'b', 'a', null]],
    // Half of it could still be taken back, but not the whole.
    ['a | b', compatible('n', 'a', true), 'b | a n m', ['set-default', 'a', 'n', 'm']],
    ['a | b', promoteSet('a'), '', ['queue-default', 'b', 'a', null]],
  ] as const)('of %j by %j is no more what it was at %j', (before, operation, now, [what, was, became, is]) => {
    expect(nextUndoStep(sets(before), operation, sets(now))).toEqual({
      kind: 'changed-since',
      what,
      was,
      became,
      is,
    });
  });

  it('is none where there is no undo', () => {
    expect(nextUndoStep(sets('a | b'), merge('a', 'b'), sets('b a'))).toEqual({ kind: 'none', why: 'merged' });
  });
});
