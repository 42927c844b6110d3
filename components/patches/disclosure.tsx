import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';

interface DisclosureProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  readonly onToggle?: (isOpen: boolean) => void;
}

/** Something that is closed at first, opened by its summary. */
export function Disclosure({ summary, children, className, onToggle }: DisclosureProps) {
  return (
    <details
      className={classNames('group/disclosure min-w-0', className)}
      onToggle={(event) => {
        if (event.target === event.currentTarget) onToggle?.(event.currentTarget.open);
      }}
    >
      <summary className="control flex list-none items-center gap-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-ink-soft transition-transform group-open/disclosure:rotate-90"
        />
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">{summary}</span>
      </summary>
      {children}
    </details>
  );
}
