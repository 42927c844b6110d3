import type { DehydratedState } from '@tanstack/react-query';
import { type PageQuery, prefetch } from '#app/_server/prefetch.ts';
import { namespacesQuery, statusQuery } from '#lib/api/status/queries.ts';
import { getStatus } from '#server/usecases/status/get-status.ts';
import { listNamespaces } from '#server/usecases/status/list-namespaces.ts';

/** What every page's frame needs, and the page's own queries, when its address names the namespace. */
export function pageData(
  namespace: string | null,
  own: (namespace: string) => readonly PageQuery[] = () => [],
): Promise<DehydratedState> {
  const frame: PageQuery[] = [{ queryKey: namespacesQuery().queryKey, load: (ctx) => listNamespaces(ctx) }];
  if (namespace === null) return prefetch(frame);
  frame.push({ queryKey: statusQuery(namespace).queryKey, load: (ctx) => getStatus(ctx, { namespace }) });
  return prefetch([...frame, ...own(namespace)]);
}

/** As many rows of a list as a page carries with it: the API's largest page. */
export const LIST_LIMIT = 1000;
