import { type ReactNode, useId } from 'react';
import { classNames } from '#components/ui/class-names.ts';

interface SectionProps {
  readonly title: string;
  /** One line under the title: what the section shows and where it comes from. */
  readonly about?: ReactNode;
  /** Buttons and links at the title's right. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a page, a landmark by its title. */
export function Section({ title, about, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 id={id} className="text-lg font-semibold">
            {title}
          </h2>
          {about === undefined ? null : <p className="max-w-prose text-sm text-ink-soft">{about}</p>}
        </div>
        {actions === undefined ? null : <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** A sheet on the ground. `isStale`: dashed border; say the word beside it (`stale.tsx` does both). */
export function Card({ children, isStale = false }: { children: ReactNode; isStale?: boolean }) {
  return (
    <div className={classNames('min-w-0 rounded-md border bg-surface', isStale ? 'stale' : 'border-line')}>
      {children}
    </div>
  );
}
