'use client';

import { useQuery } from '@tanstack/react-query';
import { useNamespace } from '#components/shell/use-namespace.ts';
import { classNames } from '#components/ui/class-names.ts';
import { useNow } from '#components/ui/clock.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { statusQuery } from '#lib/api/status/queries.ts';
import { pictureState } from '#lib/format/picture-words.ts';
import { pages } from '#lib/routes.ts';

/** The age of the picture of open runs and how complete it is, on every page; leads to the status page. */
export function PictureAge() {
  const namespace = useNamespace();
  const nowMs = useNow();
  const { data, error } = useQuery({ ...statusQuery(namespace ?? ''), enabled: namespace !== null });
  if (namespace === null) return null;
  if (data === undefined && error === null) return <Skeleton className="h-4 w-32" />;
  const { words, isWhole } = pictureState(data?.picture ?? null, nowMs);
  return (
    <PageLink
      look="bare"
      href={pages.status(namespace)}
      className={classNames(
        'control flex min-w-0 items-center rounded-md border px-2 text-sm hover:text-ink',
        isWhole ? 'border-transparent text-ink-soft' : 'stale text-ink',
      )}
    >
      <span className="truncate">{words}</span>
    </PageLink>
  );
}
