'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { Stale } from '#components/ui/stale.tsx';
import { errorWords } from '#lib/api/shared/api-error.ts';

interface QueryStateProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** What the data is, to begin a sentence, e.g. “The task queue orders”. */
  readonly where: string;
  /** Of the true size of what comes. */
  readonly skeleton: ReactNode;
  /** Given where the children bring the page's frame: the other states then stand in a `PageFrame` of this title. */
  readonly title?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** The four states of a query: on its way, failed, stale (failed, but older data is at hand), there. */
export function QueryState<Data>({ query, where, skeleton, title, children }: QueryStateProps<Data>) {
  if (query.data === undefined) {
    const content = <Missing query={query} where={where} skeleton={skeleton} />;
    return title === undefined ? content : <PageFrame title={title} opening={content} />;
  }
  if (query.error === null) return children(query.data);
  const { message, hint } = errorWords(query.error);
  return (
    <Stale word="Stale" why={`${message} ${hint} What follows is older; it is asked for again by itself.`}>
      {children(query.data)}
    </Stale>
  );
}

function Missing<Data>({ query, where, skeleton }: Omit<QueryStateProps<Data>, 'children' | 'title'>) {
  if (query.error !== null) {
    const retry = () => void query.refetch();
    return <ErrorState where={where} error={query.error} isRetrying={query.isFetching} onRetry={retry} />;
  }
  return (
    <div aria-busy>
      <output className="sr-only">{where}: loading</output>
      {skeleton}
    </div>
  );
}
