import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { percentile } from './percentile.ts';

test('of 200 values the 95th percentile is the 190th, the median the 100th', () => {
  const values = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect(percentile(values, 95)).toBe(190);
  expect(percentile(values, 50)).toBe(100);
  expect(percentile(values, 100)).toBe(200);
});

test('at least the share does not exceed it, and fewer do not exceed any smaller value', () => {
  const lists = array(integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 60 });
  assert(
    property(lists, integer({ min: 1, max: 100 }), (values, percent) => {
      const found = percentile(values, percent);
      const upTo = (limit: number) => values.filter((value) => value <= limit).length * 100;
      expect(values).toContain(found);
      expect(upTo(found)).toBeGreaterThanOrEqual(values.length * percent);
      for (const value of values) if (value < found) expect(upTo(value)).toBeLessThan(values.length * percent);
    }),
  );
});

test('nothing measured is no figure', () => {
  expect(() => percentile([], 50)).toThrow('no values');
});
