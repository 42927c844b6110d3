import { describe, expect, it } from 'vitest';
import { compareValues, holdsText } from '#components/ui/data-table-features.ts';
import { nextSort } from '#components/ui/data-table-head.tsx';

const column = { id: 'runs', header: 'Runs', value: () => 1, cell: () => null };

describe('a table’s order', () => {
  it('compares numbers by size and text as a reader does', () => {
    expect([10, 9, 100].toSorted(compareValues)).toEqual([9, 10, 100]);
    expect(['v10', 'v9', 'V1'].toSorted(compareValues)).toEqual(['V1', 'v9', 'v10']);
  });

  it('turns round on the second press, and starts numbers with the largest', () => {
    expect(nextSort(column, { id: 'name', isDescending: true })).toEqual({ id: 'runs', isDescending: false });
    expect(nextSort({ ...column, kind: 'number' }, { id: 'name', isDescending: false })).toEqual({
      id: 'runs',
      isDescending: true,
    });
    expect(nextSort(column, { id: 'runs', isDescending: false })).toEqual({ id: 'runs', isDescending: true });
  });

  it('filters text in any case and never by a number', () => {
    expect(holdsText('Orders', 'ORD')).toBe(true);
    expect(holdsText(42, '4')).toBe(false);
    expect(holdsText(undefined, '')).toBe(false);
  });
});
