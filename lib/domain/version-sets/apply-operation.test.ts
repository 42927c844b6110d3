import { describe, expect, it } from 'vitest';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** `'a b | c'`: two sets, queue default last. */
function sets(text: string): VersionSets {
  return { sets: text === '' ? [] : text.split(' | ').map((set) => ({ buildIds: set.split(' ') })) };
}

const add = (buildId: string): VersionSetOperation => ({ kind: 'add-new-default', buildId });
const compatible = (newBuildId: string, existingBuildId: string, asQueueDefault = false): VersionSetOperation => ({
  kind: 'add-new-compatible',
  newBuildId,
  existingBuildId,
  asQueueDefault,
});
const promoteSet = (buildId: string): VersionSetOperation => ({ kind: 'promote-set', buildId });
const promoteWithin = (buildId: string): VersionSetOperation => ({ kind: 'promote-within-set', buildId });
const merge = (primaryBuildId: string, secondaryBuildId: string): VersionSetOperation => ({
  kind: 'merge-sets',
  primaryBuildId,
  secondaryBuildId,
});

describe('applyOperation', () => {
  it.each([
    ['', add('a'), 'a'],
    ['a', add('b'), 'a | b'],
    ['a | b', compatible('c', 'a'), 'a c | b'],
    ['a | b', compatible('c', 'a', true), 'b | a c'],
    ['a | b', compatible('c', 'b', true), 'a | b c'],
    ['a b | c | d', promoteSet('a'), 'c | d | a b'],
    ['a b c | d', promoteWithin('a'), 'b c a | d'],
    // The merged set stands where the later of the two stood; the primary's default stays default.
    ['a | b | c', merge('a', 'c'), 'b | c a'],
    ['a | b | c', merge('c', 'a'), 'b | a c'],
    ['a | b | c', merge('a', 'b'), 'b a | c'],
    ['a b | c d | e', merge('a', 'd'), 'a c d b | e'],
  ])('makes of %j by %j: %j', (before, operation, after) => {
    expect(applyOperation(sets(before), operation)).toEqual({ kind: 'changed', sets: sets(after) });
  });

  it.each([
    ['a | b', add('b')],
    ['a b', compatible('b', 'a')],
    ['a b', compatible('b', 'b', true)],
    ['a b | c', compatible('b', 'a')],
    ['a | b c', promoteSet('b')],
    ['a b | c', promoteWithin('b')],
    ['a b | c', merge('a', 'b')],
    ['a b | c', merge('b', 'b')],
  ])('leaves %j as it is by %j', (before, operation) => {
    expect(applyOperation(sets(before), operation)).toEqual({ kind: 'no-op' });
  });

  it.each([
    ['a | b', add('a'), 'invalid-argument', 'version a already exists'],
    ['a b', add('b'), 'invalid-argument', 'version b already exists'],
    ['a', compatible('b', 'x'), 'not-found', 'targeted compatible_version x not found'],
    [
      'a b | c',
      compatible('b', 'a', true),
      'invalid-argument',
      'version b already exists and is not default for queue',
    ],
    ['a b', compatible('a', 'b'), 'invalid-argument', 'version a already exists and is not default in set'],
    ['a | b', compatible('a', 'b'), 'invalid-argument', 'a requested to be made compatible with b but both'],
    ['', promoteSet('x'), 'not-found', 'targeted version x not found'],
    ['a', promoteWithin('x'), 'not-found', 'targeted version x not found'],
    ['a', merge('x', 'a'), 'not-found', 'targeted primary version x not found'],
    ['a', merge('a', 'x'), 'not-found', 'targeted secondary version x not found'],
    ['a', merge('', 'a'), 'not-found', 'targeted primary version  not found'],
    ['a', add(''), 'invalid-argument', 'needed'],
    ['a', compatible('b', ''), 'invalid-argument', 'needed'],
    ['a', promoteSet(''), 'invalid-argument', 'needed'],
    ['a', add('x'.repeat(256)), 'invalid-argument', '255 bytes'],
    ['a', add('é'.repeat(128)), 'invalid-argument', '255 bytes'],
    ['a', compatible('b', 'x'.repeat(256)), 'not-found', 'targeted compatible_version'],
  ])('refuses on %j %j: %s, %s', (before, operation, code, reason) => {
    expect(applyOperation(sets(before), operation)).toEqual({
      kind: 'refused',
      code,
      reason: expect.stringContaining(reason) as string,
    });
  });

  it('takes a build ID of exactly 255 bytes', () => {
    expect(applyOperation(sets('a'), add(`${'é'.repeat(127)}x`)).kind).toBe('changed');
  });

  describe('at the limits', () => {
    const ten: VersionSets = { sets: Array.from({ length: 10 }, (_, index) => ({ buildIds: [`s${index}`] })) };
    const hundred: VersionSets = { sets: [{ buildIds: Array.from({ length: 100 }, (_, index) => `b${index}`) }] };

    it('refuses the eleventh set and the hundred and first build ID', () => {
      expect(applyOperation(ten, add('x'))).toMatchObject({
        code: 'failed-precondition',
        reason: expect.stringContaining('(11/10)'),
      });
      expect(applyOperation(hundred, compatible('x', 'b0'))).toMatchObject({
        reason: expect.stringContaining('build IDs permitted in namespace dynamic config (101/100)'),
      });
      expect(applyOperation(ten, compatible('x', 's0')).kind).toBe('changed');
    });

    it('refuses even a no-op on a queue that is over a lowered limit, and takes all without limits', () => {
      const eleven: VersionSets = { sets: [...ten.sets, { buildIds: ['x'] }] };
      expect(applyOperation(eleven, promoteSet('x'))).toMatchObject({ code: 'failed-precondition' });
      expect(applyOperation(eleven, merge('x', 's0')).kind).toBe('changed');
      expect(applyOperation(eleven, add('y'), NO_LIMITS).kind).toBe('changed');
    });
  });
});
