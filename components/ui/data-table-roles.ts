/**
 * A table's roles, said again. Where rows become cards, `display` takes a table's meaning away in some browsers; with the roles it stays
 * a table for screen readers.
 */
export const ROLES = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  header: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const;
