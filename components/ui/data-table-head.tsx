import { ArrowDown, ArrowUp } from 'lucide-react';
import { classNames } from '#components/ui/class-names.ts';
import type { DataColumn } from '#components/ui/data-table-features.ts';
import { ROLES } from '#components/ui/data-table-roles.ts';
import type { Sort } from '#components/ui/use-table-address.ts';

interface TableHeadProps<Row> {
  readonly columns: readonly DataColumn<Row>[];
  readonly sort: Sort;
  readonly setSort: (sort: Sort) => void;
}

/** Column headers; each is a button that sorts, a second press turns the order round. Hidden where rows are cards. */
export function TableHead<Row>({ columns, sort, setSort }: TableHeadProps<Row>) {
  return (
    <thead {...ROLES.group} className="@max-2xl:hidden">
      <tr {...ROLES.row}>
        {columns.map((column) => {
          const isSorted = sort.id === column.id;
          const Arrow = sort.isDescending ? ArrowDown : ArrowUp;
          return (
            <th
              key={column.id}
              {...ROLES.header}
              scope="col"
              aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
              className={classNames('border-b border-line-strong p-0 font-medium', column.width)}
            >
              <button
                type="button"
                onClick={() => setSort(nextSort(column, sort))}
                className={classNames(
                  'row flex w-full items-center gap-1 px-3 hover:bg-sunken',
                  column.kind === 'number' ? 'justify-end text-right' : 'text-left',
                  isSorted ? 'text-ink' : 'text-ink-soft',
                )}
              >
                <span>{column.header}</span>
                <Arrow aria-hidden className={classNames('size-3.5 shrink-0', !isSorted && 'invisible')} />
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** The same column: turned round. Another: numbers largest and times newest first, text from A. */
export function nextSort<Row>(column: DataColumn<Row>, sort: Sort): Sort {
  if (sort.id === column.id) return { id: column.id, isDescending: !sort.isDescending };
  return { id: column.id, isDescending: (column.kind ?? 'text') !== 'text' };
}
