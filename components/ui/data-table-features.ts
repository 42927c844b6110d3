import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';

/** What Patchboard's tables do: sort by one column, filter over all. */
export const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
});

export interface DataColumn<Row> {
  /** Stands in the address (`?sort=openRuns.desc`): keep it. */
  readonly id: string;
  readonly header: string;
  /** What sorts. null: not known, always last. Text is also what the filter looks through. Module-level functions only. */
  readonly value: (row: Row) => string | number | null;
  readonly cell: (row: Row) => ReactNode;
  /**
   * `number`: right-aligned. `time`: the value is in epoch milliseconds. Both start with the largest first and are not filtered.
   * Default `text`.
   */
  readonly kind?: 'text' | 'number' | 'time';
  /** What comes first, ascending and descending, where the kind's own words do not fit: `blocked first`, `blocked last`. */
  readonly orders?: readonly [string, string];
  /** Tailwind width class, e.g. `w-40`; the others share what is left. */
  readonly width?: string;
}

/** Ascending; numbers by size, text by a reader's order with numbers in it by size (`v9` before `v10`). */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}

/** Whether a cell's text holds what the reader typed, in any case of letters. */
export function holdsText(value: unknown, wanted: string): boolean {
  return typeof value === 'string' && value.toLowerCase().includes(wanted.toLowerCase());
}

const collator = new Intl.Collator('en', { numeric: true });
