import { expect, test } from 'vitest';
import { explainReading } from '#lib/domain/change-plan/explain-reading.ts';

const sets = (...lists: string[][]) => ({ sets: lists.map((buildIds) => ({ buildIds })) });
const before = sets(['a'], ['b']);
const promoteA = { before, operation: { kind: 'promote-set', buildId: 'a' } } as const;

test.each([
  ['the same sets in the same order', before, null, 'same'],
  ['another order', sets(['b'], ['a']), null, 'outside'],
  ['the late effect of an unconfirmed change', sets(['b'], ['a']), promoteA, 'unconfirmed-change'],
  ['something else than an unconfirmed change would make', sets(['b'], ['a'], ['c']), promoteA, 'outside'],
  ['an unconfirmed change that never showed', before, promoteA, 'same'],
] as const)('%s', (_what, read, unconfirmed, meaning) => {
  expect(explainReading(before, read, unconfirmed)).toBe(meaning);
});
