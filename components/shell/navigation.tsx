'use client';

import { GitBranch, History, LayoutDashboard, Layers, type LucideIcon, Server } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useNamespace } from '#components/shell/use-namespace.ts';
import { classNames } from '#components/ui/class-names.ts';
import { routeOf } from '#components/ui/page-link.tsx';
import { pages } from '#lib/routes.ts';

interface Place {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly href: (namespace: string) => string;
  /** Paths that belong to the place. */
  readonly paths: readonly string[];
}

const PLACES: readonly Place[] = [
  { label: 'Overview', icon: LayoutDashboard, href: pages.overview, paths: ['/'] },
  { label: 'Queues', icon: Layers, href: pages.queues, paths: ['/queues', '/queue'] },
  { label: 'Patches', icon: GitBranch, href: pages.patches, paths: ['/patches', '/patch'] },
  { label: 'Changes', icon: History, href: pages.changes, paths: ['/changes'] },
  { label: 'Status', icon: Server, href: pages.status, paths: ['/status'] },
];

/** The places of Patchboard: a rail at the left from 1,024 px, a bar at the bottom below it. */
export function Navigation() {
  const pathname = usePathname();
  const namespace = useNamespace();
  return (
    <nav
      aria-label="Places"
      className="fixed inset-x-0 bottom-0 z-10 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:sticky lg:top-14 lg:w-44 lg:shrink-0 lg:self-start lg:border-0 lg:bg-transparent lg:pt-6"
    >
      <ul className="flex justify-around lg:flex-col lg:gap-1">
        {PLACES.map(({ label, icon: Icon, href, paths }) => {
          const isHere = paths.includes(pathname);
          return (
            <li key={label} className="flex-1">
              <Link
                href={routeOf(namespace === null ? (paths[0] ?? '/') : href(namespace))}
                prefetch={false}
                aria-current={isHere ? 'page' : undefined}
                className={classNames(
                  'flex min-h-14 flex-col items-center justify-center gap-1 text-xs font-medium lg:min-h-9 lg:flex-row lg:justify-start lg:gap-3 lg:rounded-md lg:px-3 lg:text-base pointer-coarse:lg:min-h-11',
                  isHere
                    ? 'text-accent lg:bg-accent-ground lg:text-accent-strong'
                    : 'text-ink-soft hover:bg-sunken hover:text-ink',
                )}
              >
                <Icon aria-hidden className="size-5 lg:size-4" />
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
