import { Mark } from '#components/shell/mark.tsx';
import { NamespaceSelect } from '#components/shell/namespace-select.tsx';
import { OpenDialog } from '#components/shell/open-dialog.tsx';
import { PictureAge } from '#components/shell/picture-age.tsx';
import { ThemeToggle } from '#components/shell/theme-toggle.tsx';
import type { Theme } from '#components/shell/theme.ts';

/** Name, namespace, search, age of the picture, theme. */
export function TopBar({ theme }: { theme: Theme }) {
  return (
    <header className="sticky top-0 z-10 border-b border-line bg-surface">
      <div className="mx-auto flex min-h-14 w-full max-w-[1520px] items-center gap-2 px-4 md:gap-4 lg:px-6">
        <span className="flex items-center gap-2 text-lg font-semibold">
          <Mark />
          <span className="max-md:sr-only">Patchboard</span>
        </span>
        <NamespaceSelect />
        <OpenDialog />
        <span className="ml-auto flex min-w-0 items-center gap-1">
          <PictureAge />
          <ThemeToggle initial={theme} />
        </span>
      </div>
    </header>
  );
}
