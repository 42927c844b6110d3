'use client';

import { createParser, parseAsString, useQueryStates } from 'nuqs';
import type { DataColumn } from '#components/ui/data-table-features.ts';

export interface Sort {
  readonly id: string;
  readonly isDescending: boolean;
}

/** `openRuns.desc` in the address. */
const parseAsSort = createParser<Sort>({
  parse: (text) => {
    const match = /^(.+)\.(asc|desc)$/.exec(text);
    return match?.[1] === undefined ? null : { id: match[1], isDescending: match[2] === 'desc' };
  },
  serialize: ({ id, isDescending }) => `${id}.${isDescending ? 'desc' : 'asc'}`,
  eq: (a, b) => a.id === b.id && a.isDescending === b.isDescending,
});

/** A table's filter and order, kept in the page's address so that a link shows the same rows. */
export function useTableAddress<Row>(name: string | undefined, columns: readonly DataColumn<Row>[], initial: Sort) {
  const filterKey = name === undefined ? 'filter' : `${name}-filter`;
  const sortKey = name === undefined ? 'sort' : `${name}-sort`;
  const [state, setState] = useQueryStates(
    { filter: parseAsString.withDefault(''), sort: parseAsSort },
    { urlKeys: { filter: filterKey, sort: sortKey } },
  );
  const isKnown = state.sort !== null && columns.some((column) => column.id === state.sort?.id);
  return {
    filter: state.filter,
    sort: isKnown && state.sort !== null ? state.sort : initial,
    setFilter: (filter: string) => void setState({ filter }),
    setSort: (sort: Sort) => void setState({ sort }),
  };
}
