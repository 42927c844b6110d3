import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageOf } from '#server/usecases/shared/paging.ts';

const same = (name: string) => name;

test('the pages of a list are the list, in order, whatever the names and the limit', () => {
  const anyNames = fc.uniqueArray(fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(anyNames, fc.integer({ min: 1, max: 5 }), (names, limit) => {
      const collected: string[] = [];
      let cursor: string | undefined;
      do {
        const page = pageOf(names, same, { limit, cursor });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        collected.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(collected).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
    }),
  );
});

test('items that come and go between two pages shift nothing', () => {
  const first = pageOf(['a', 'c', 'e', 'g'], same, { limit: 2 });
  expect(first.items).toEqual(['a', 'c']);
  const second = pageOf(['b', 'e', 'f'], same, { limit: 2, cursor: first.nextCursor ?? '' });
  expect(second).toEqual({ items: ['e', 'f'], nextCursor: null });
});

test.each(['', 'nonsense', Buffer.from('{}').toString('base64url')])('the cursor %o is refused', (cursor) => {
  expect(() => pageOf(['a'], same, { limit: 1, cursor })).toThrow(expect.objectContaining({ code: 'invalid-request' }));
});
