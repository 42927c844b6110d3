'use client';

import { useQuery } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { useNamespace } from '#components/shell/use-namespace.ts';
import { Select } from '#components/ui/controls.tsx';
import { routeOf } from '#components/ui/page-link.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { namespacesQuery } from '#lib/api/status/queries.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { truncateMiddle } from '#lib/format/truncate-middle.ts';
import { pages } from '#lib/routes.ts';

/** What fits a select of the top bar. */
const OPTION_GLYPHS = 40;

/** Changes the namespace. A queue or patch belongs to one namespace, so its page gives way to the list. */
export function NamespaceSelect() {
  const router = useRouter();
  const pathname = usePathname();
  const namespace = useNamespace();
  const { data } = useQuery(namespacesQuery());
  if (namespace === null) return <Skeleton className="h-8 w-28 pointer-coarse:h-11" />;
  const names = new Set([namespace, ...(data?.items.map((item) => item.name) ?? [])]);
  return (
    <Select
      aria-label="Namespace"
      className="max-w-56"
      value={namespace}
      onChange={(name) => router.push(routeOf(samePlace(pathname, name)))}
      options={[...names].map((name) => ({ value: name, label: truncateMiddle(escapeText(name), OPTION_GLYPHS) }))}
    />
  );
}

function samePlace(pathname: string, namespace: string): string {
  if (pathname === '/queues' || pathname === '/queue') return pages.queues(namespace);
  if (pathname === '/patches' || pathname === '/patch') return pages.patches(namespace);
  if (pathname === '/changes') return pages.changes(namespace);
  return pathname === '/status' ? pages.status(namespace) : pages.overview(namespace);
}
