import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';

export const LINK_CLASS = 'text-accent underline decoration-1 underline-offset-2 hover:text-accent-strong';

/** Addresses come from `lib/routes.ts` as text: this is the one place that vouches for them to the router's types. */
export function routeOf(href: string): Route {
  return href as Route;
}

interface PageLinkProps {
  /** Made by `pages` of `lib/routes.ts`. */
  readonly href: string;
  readonly children: ReactNode;
  /** `bare`: no underline, for places that are links as a whole. */
  readonly look?: 'text' | 'bare';
  readonly className?: string;
  readonly onClick?: () => void;
}

/** A link within Patchboard. */
export function PageLink({ href, children, look = 'text', className, onClick }: PageLinkProps) {
  return (
    <Link
      href={routeOf(href)}
      prefetch={false}
      className={classNames(look === 'text' && LINK_CLASS, className)}
      {...(onClick ? { onClick } : {})}
    >
      {children}
    </Link>
  );
}
