'use client';

import { useIsBrowser, useNow } from '#components/ui/clock.tsx';
import { formatAbsolute } from '#lib/format/absolute-time.ts';
import { formatRelative } from '#lib/format/relative-time.ts';

/** A moment, relative; absolute in the reader's named time zone on hover and for screen readers. `iso`: RFC 3339. */
export function Time({ iso }: { iso: string }) {
  const relative = formatRelative(Date.parse(iso), useNow());
  const absolute = useAbsolute(iso);
  return (
    <time dateTime={iso} title={absolute} className="whitespace-nowrap">
      {relative}
      <span className="sr-only"> ({absolute})</span>
    </time>
  );
}

/** A moment where the clock matters more than the age, e.g. when a plan ends. */
export function AbsoluteTime({ iso }: { iso: string }) {
  const relative = formatRelative(Date.parse(iso), useNow());
  return (
    <time dateTime={iso} title={relative} className="whitespace-nowrap">
      {useAbsolute(iso)}
    </time>
  );
}

function useAbsolute(iso: string): string {
  return formatAbsolute(Date.parse(iso), useIsBrowser() ? undefined : 'UTC');
}
