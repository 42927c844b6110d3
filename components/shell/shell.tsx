import type { ReactNode } from 'react';
import { Navigation } from '#components/shell/navigation.tsx';
import type { Theme } from '#components/shell/theme.ts';
import { TopBar } from '#components/shell/top-bar.tsx';

/** The frame of every page. Content is at most 1,280 px wide. */
export function Shell({ theme, children }: { theme: Theme; children: ReactNode }) {
  return (
    <div className="isolate flex min-h-dvh flex-col">
      <a
        href="#content"
        className="absolute left-2 z-20 -translate-y-full rounded-md bg-accent px-3 py-2 text-accent-ink focus:top-2 focus:translate-y-0"
      >
        Skip to the content
      </a>
      <TopBar theme={theme} />
      <div className="mx-auto flex w-full max-w-[1520px] flex-1 gap-8 px-4 lg:px-6">
        <Navigation />
        <main
          id="content"
          tabIndex={-1}
          className="w-full max-w-[1280px] min-w-0 flex-1 py-6 pb-24 outline-none lg:pb-12"
        >
          {children}
        </main>
      </div>
    </div>
  );
}
