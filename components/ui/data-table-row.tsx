import { classNames } from '#components/ui/class-names.ts';
import type { DataColumn } from '#components/ui/data-table-features.ts';
import { ROLES } from '#components/ui/data-table-roles.ts';

/** One row; a card with the column's name before each value where it is narrow. */
export function TableRow<Row>({ columns, row }: { columns: readonly DataColumn<Row>[]; row: Row }) {
  return (
    <tr
      {...ROLES.row}
      className="hover:bg-sunken @max-2xl:flex @max-2xl:flex-col @max-2xl:gap-1 @max-2xl:rounded-md @max-2xl:border @max-2xl:border-line @max-2xl:bg-surface @max-2xl:p-3"
    >
      {columns.map((column, index) => (
        <td
          key={column.id}
          {...ROLES.cell}
          className={classNames(
            'min-w-0 align-middle @2xl:h-9 @2xl:border-b @2xl:border-line @2xl:px-3 @2xl:py-1 @2xl:pointer-coarse:h-11',
            '@max-2xl:flex @max-2xl:items-baseline @max-2xl:gap-3 @max-2xl:p-0',
            index === 0 && '@max-2xl:text-base',
            column.kind === 'number' && '@2xl:text-right',
          )}
        >
          <span aria-hidden className={classNames('w-24 shrink-0 text-ink-soft @2xl:hidden', index === 0 && 'hidden')}>
            {column.header}
          </span>
          <div className="min-w-0 @max-2xl:flex-1">{column.cell(row)}</div>
        </td>
      ))}
    </tr>
  );
}
