import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { MEANINGS, type Meaning } from '#components/ui/meaning.ts';

/** One sentence with its meaning, e.g. a risk above a button. The icon's word is said to screen readers. */
export function Note({ meaning, children }: { meaning: Meaning; children: ReactNode }) {
  const { icon: Icon, word, box } = MEANINGS[meaning];
  return (
    <div className={classNames('flex items-start gap-2 rounded-md border px-3 py-2 text-base', box)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 text-ink">
        <span className="sr-only">{word}: </span>
        {children}
      </div>
    </div>
  );
}
