import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { MEANINGS, type Meaning } from '#components/ui/meaning.ts';

/** One of the four meanings as icon and word. `children` replaces the word, e.g. “removal blocked”. */
export function Badge({ meaning, children }: { meaning: Meaning; children?: ReactNode }) {
  const { icon: Icon, word, box } = MEANINGS[meaning];
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1 rounded-sm border px-1.5 py-0.5 text-xs font-medium whitespace-nowrap',
        box,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {children ?? word}
    </span>
  );
}

/** A mark without a meaning, e.g. “queue default”: neutral, never one of the four colours. */
export function Tag({ children, isFilled = false }: { children: ReactNode; isFilled?: boolean }) {
  return (
    <span
      className={classNames(
        'inline-flex items-center rounded-sm border px-1.5 py-0.5 text-xs font-medium whitespace-nowrap',
        isFilled ? 'border-accent bg-accent text-accent-ink' : 'border-line text-ink-soft',
      )}
    >
      {children}
    </span>
  );
}
