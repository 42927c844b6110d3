'use client';

import { createColumnHelper, type RowData, useTable } from '@tanstack/react-table';
import { type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { compareValues, type DataColumn, features, holdsText } from '#components/ui/data-table-features.ts';
import { TableHead } from '#components/ui/data-table-head.tsx';
import { ROLES } from '#components/ui/data-table-roles.ts';
import { TableRow } from '#components/ui/data-table-row.tsx';
import { TableTools } from '#components/ui/data-table-tools.tsx';
import { type Sort, useTableAddress } from '#components/ui/use-table-address.ts';
import { formatCount } from '#lib/format/count.ts';

/** Rows drawn at first and with each “show more”: enough to scan, few enough to stay quick with thousands at hand. */
const ROWS_A_STEP = 100;

interface DataTableProps<Row extends RowData> {
  /** Said to screen readers, e.g. “Task queues”. */
  readonly caption: string;
  /** Module-level: the column that answers comes first. */
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly initialSort: Sort;
  /** What a row is, e.g. `queue`. */
  readonly noun: string;
  readonly plural?: string;
  /** Told apart in the address when a page has more than one table. */
  readonly name?: string;
  /** Shown when there are no rows at all. */
  readonly empty: ReactNode;
}

function tableColumn<Row extends RowData>({ id, value, kind = 'text' }: DataColumn<Row>) {
  return createColumnHelper<typeof features, Row>().accessor(
    // Not known is `undefined` to the table, which keeps it last in both directions.
    (row): unknown => value(row) ?? undefined,
    {
      id,
      sortUndefined: 'last',
      sortFn: (a, b, column) => compareValues(a.getValue(column), b.getValue(column)),
      enableGlobalFilter: kind === 'text',
    },
  );
}

/** A table that sorts and filters, with both in the address. Where it is narrow, each row is a card in the same order. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, initialSort, noun, plural = `${noun}s`, name, empty } = props;
  const { filter, sort, setFilter, setSort } = useTableAddress(name, columns, initialSort);
  const [limit, setLimit] = useState(ROWS_A_STEP);
  const table = useTable({
    features,
    data: rows,
    columns: columns.map((column) => tableColumn(column)),
    getRowId: rowKey,
    state: { sorting: [{ id: sort.id, desc: sort.isDescending }], globalFilter: filter },
    globalFilterFn: (row, id, wanted) => holdsText(row.getValue(id), String(wanted)),
    // Each column says it itself; the table's own guess looks at the first row only.
    getColumnCanGlobalFilter: () => true,
  });
  if (rows.length === 0) return empty;
  const found = table.getRowModel().rows;
  return (
    <div className="@container flex min-w-0 flex-col gap-2">
      <TableTools
        {...{ caption, columns, filter, setFilter, sort, setSort }}
        shown={
          filter === ''
            ? formatCount(rows.length, noun, plural)
            : `${found.length} of ${formatCount(rows.length, noun, plural)}`
        }
      />
      {found.length === 0 ? (
        <p className="row flex flex-wrap items-center gap-3 rounded-md border border-line bg-surface px-3 py-2">
          No {noun} matches the filter.
          <Button onClick={() => setFilter('')}>Clear the filter</Button>
        </p>
      ) : (
        <table {...ROLES.table} className="w-full table-fixed border-separate border-spacing-0 text-sm @max-2xl:block">
          <caption className="sr-only">{caption}</caption>
          <TableHead columns={columns} sort={sort} setSort={setSort} />
          <tbody {...ROLES.group} className="@max-2xl:flex @max-2xl:flex-col @max-2xl:gap-2">
            {found.slice(0, limit).map((row) => (
              <TableRow key={row.id} columns={columns} row={row.original} />
            ))}
          </tbody>
        </table>
      )}
      {found.length > limit ? (
        <Button className="self-start" onClick={() => setLimit(limit + ROWS_A_STEP)}>
          Show more: {formatCount(found.length - limit, noun, plural)} left
        </Button>
      ) : null}
    </div>
  );
}
