import { Search } from 'lucide-react';
import { Select, TextInput } from '#components/ui/controls.tsx';
import type { DataColumn } from '#components/ui/data-table-features.ts';
import type { Sort } from '#components/ui/use-table-address.ts';

interface TableToolsProps<Row> {
  readonly caption: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly filter: string;
  readonly setFilter: (filter: string) => void;
  readonly sort: Sort;
  readonly setSort: (sort: Sort) => void;
  /** How many rows are shown, in words. */
  readonly shown: string;
}

/** The filter, how many rows it leaves, and the order where the headers are hidden. */
export function TableTools<Row>({ caption, columns, filter, setFilter, sort, setSort, shown }: TableToolsProps<Row>) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <span className="relative min-w-0 @max-2xl:w-full @2xl:w-72">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2 size-4 -translate-y-1/2 text-ink-soft"
        />
        <TextInput
          type="search"
          aria-label={`Filter: ${caption}`}
          placeholder="Filter"
          value={filter}
          onChange={setFilter}
          className="pl-8"
        />
      </span>
      <Select
        aria-label={`Order: ${caption}`}
        className="flex-1 @2xl:hidden"
        value={`${sort.id}.${sort.isDescending ? 'desc' : 'asc'}`}
        onChange={(value) => setSort({ id: value.replace(/\.\w+$/, ''), isDescending: value.endsWith('.desc') })}
        options={columns.flatMap((column) => orderOptions(column))}
      />
      <output className="text-sm text-ink-soft">{shown}</output>
    </div>
  );
}

/** What comes first, ascending and descending. */
const FIRST = {
  text: ['A first', 'Z first'],
  number: ['smallest first', 'largest first'],
  time: ['oldest first', 'newest first'],
} as const;

function orderOptions<Row>({ id, header, kind = 'text', orders = FIRST[kind] }: DataColumn<Row>) {
  const [ascending, descending] = orders;
  return [
    { value: `${id}.asc`, label: `${header}, ${ascending}` },
    { value: `${id}.desc`, label: `${header}, ${descending}` },
  ];
}
