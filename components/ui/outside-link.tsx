import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { LINK_CLASS } from '#components/ui/page-link.tsx';

/** A link to another site, from a configured pattern (`lib/format/link-pattern.ts`). Without an address: the text alone. */
export function OutsideLink({ href, children }: { href: string | null; children: ReactNode }) {
  if (href === null) return children;
  return (
    <a href={href} rel="noreferrer" target="_blank" className={`${LINK_CLASS} inline-flex items-center gap-1`}>
      {children}
      <ExternalLink aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
