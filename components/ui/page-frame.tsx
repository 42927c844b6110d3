import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';

interface PageFrameProps {
  /** The page's name, small above the sentence. */
  readonly title: ReactNode;
  /** The opening sentence (`Sentence`), its skeleton or an error. */
  readonly opening: ReactNode;
  readonly actions?: ReactNode;
  /** Evidence, beside the reading column from 1,280 px. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** Every page's skeleton: name, sentence, one column of reading, evidence beside it. */
export function PageFrame({ title, opening, actions, aside, children }: PageFrameProps) {
  return (
    <div className="flex flex-col gap-6">
      <header className="flex flex-col gap-2">
        <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <h1 className="flex max-w-full min-w-0 items-baseline gap-2 text-base font-semibold text-ink-soft">
            {title}
          </h1>
          {actions === undefined ? null : <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
        {opening}
      </header>
      <div
        className={classNames(
          'grid min-w-0 grid-cols-[minmax(0,1fr)] gap-8',
          aside !== undefined && 'xl:grid-cols-[minmax(0,1fr)_20rem]',
        )}
      >
        <div className="flex min-w-0 flex-col gap-8">{children}</div>
        {aside === undefined ? null : <div className="flex min-w-0 flex-col gap-8">{aside}</div>}
      </div>
    </div>
  );
}
