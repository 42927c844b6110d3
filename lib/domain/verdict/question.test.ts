import { describe, expect, it } from 'vitest';
import { isLabelOf, patchKindOf, patchOf, type PatchQuestion } from '#lib/domain/verdict/question.ts';

const remove: PatchQuestion = { name: 'remove' };
const raiseMin: PatchQuestion = { name: 'raise-min', version: 2 };

describe('the kind of a patch', () => {
  it('follows from the question', () => {
    expect(['deprecate', 'remove'].map((name) => patchKindOf(name as 'deprecate'))).toEqual(['core', 'core']);
    expect(['raise-min', 'drop-call'].map((name) => patchKindOf(name as 'raise-min'))).toEqual(['version', 'version']);
    expect(patchOf(raiseMin, 'p')).toEqual({ kind: 'version', id: 'p' });
    expect(patchOf(remove, 'p')).toEqual({ kind: 'core', id: 'p' });
  });
});

describe('isLabelOf', () => {
  it.each([
    ['my-patch', true],
    ['MY-PATCH', false],
    ['my-patch-1', false],
    ['my-patc', false],
    ['', false],
  ])('core: %j, exactly', (label, expected) => {
    expect(isLabelOf(label, remove, 'my-patch')).toBe(expected);
  });

  it.each([
    ['change-1', true],
    ['change-12', true],
    ['change--1', true],
    ['change-', false],
    ['change', false],
    ['CHANGE-1', false],
    ['change-x1', false],
    ['change-1x', false],
    ['change-1.5', false],
    ['other-change-1', false],
    ['changes-1', false],
  ])('version: %j is the id, a hyphen and a version', (label, expected) => {
    expect(isLabelOf(label, raiseMin, 'change')).toBe(expected);
  });

  it('reads an id that itself ends like a label', () => {
    expect(isLabelOf('change-1-3', raiseMin, 'change-1')).toBe(true);
    expect(isLabelOf('change-1-3', raiseMin, 'change')).toBe(false);
    expect(isLabelOf('change-1', raiseMin, 'change-1')).toBe(false);
  });
});
