import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affectedDefault } from '#lib/domain/change-plan/affected-default.ts';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import { anyOperationOn } from '#lib/domain/version-sets/testing/any-sets.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import { phraseText } from '#lib/format/phrase.ts';
import { setsDifference } from '#lib/format/sets-difference.ts';

const sets = (...lists: string[][]): VersionSets => ({ sets: lists.map((buildIds) => ({ buildIds })) });
const words = (before: VersionSets, after: VersionSets) => phraseText(setsDifference(before, after));
const two = sets(['a', 'b'], ['c']);

describe('setsDifference', () => {
  it.each([
    [sets(['a', 'b'], ['c'], ['d']), 'd is a new set; new runs start on d instead of c.'],
    [sets(['a', 'b', 'd'], ['c']), 'd joined the set of b; d became the default of its set instead of b.'],
    [sets(['c'], ['a', 'b']), 'new runs start on b instead of c.'],
    [sets(['b', 'a'], ['c']), 'a became the default of its set instead of b.'],
    [sets(['a', 'b', 'c']), 'the sets of b and c became one, with the default c.'],
    [sets(['c']), 'a and b are gone.'],
    [
      sets(['a', 'b'], ['c', 'x']),
      'x joined the set of c; x became the default of its set instead of c; new runs start on x instead of c.',
    ],
    [sets(), 'a, b and c are gone; new runs start on unversioned workers instead of c.'],
    [two, 'The sets are the same.'],
  ])('%j', (after, expected) => {
    expect(words(two, after)).toBe(expected);
  });

  it('says the first set of a queue, and an order alone', () => {
    expect(words(sets(), sets(['a']))).toBe('a is a new set; new runs start on a instead of unversioned workers.');
    expect(words(sets(['a'], ['b'], ['c']), sets(['b'], ['a'], ['c']))).toBe('The order of the sets changed.');
    expect(words(sets(['a', 'b', 'c']), sets(['b', 'a', 'c']))).toBe('The order of the sets changed.');
  });

  it('names the build ID that each of the five operations is about', () => {
    const operation = anyOperationOn(['a', 'b', 'c', 'd', 'e']);
    fc.assert(
      fc.property(fc.constantFrom(two, sets(['a'], ['b']), sets(['a', 'b', 'c'])), operation, (before, asked) => {
        const outcome = applyOperation(before, asked, NO_LIMITS);
        if (outcome.kind !== 'changed') return;
        // Whatever happened: which build serves the set in question afterwards is what one must read.
        expect(words(before, outcome.sets)).toContain(affectedDefault(outcome.sets, asked));
      }),
    );
  });

  it('shows hidden characters as escapes', () => {
    expect(words(sets(), sets(['a\u202eb']))).toContain('a\\u{202e}b');
  });
});
