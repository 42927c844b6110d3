import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { MEANINGS, type Meaning } from '#components/ui/meaning.ts';
import { Time } from '#components/ui/time.tsx';

interface SentenceProps {
  /** The icon before the sentence; without one the sentence judges nothing. */
  readonly meaning?: Meaning;
  readonly children: ReactNode;
  /** When the data was read; null: not read yet. */
  readonly readAt: string | null;
  /** How complete it is, e.g. “12 % of histories read”. */
  readonly completeness?: ReactNode;
}

/** The sentence that a page opens with: the answer in words, then its age. */
export function Sentence({ meaning, children, readAt, completeness }: SentenceProps) {
  return (
    <div className="flex max-w-[68ch] items-start gap-2">
      {meaning === undefined ? null : <MeaningIcon meaning={meaning} />}
      <div className="min-w-0">
        <p className="text-xl font-medium text-pretty wrap-anywhere">{children}</p>
        <p className="mt-1 text-sm text-ink-soft">
          {readAt === null ? (
            'Not read yet.'
          ) : (
            <>
              Read <Time iso={readAt} />.
            </>
          )}
          {completeness === undefined ? null : <> {completeness}</>}
        </p>
      </div>
    </div>
  );
}

function MeaningIcon({ meaning }: { meaning: Meaning }) {
  const { icon: Icon, word, text } = MEANINGS[meaning];
  return (
    <span className={classNames('mt-1 shrink-0', text)}>
      <Icon aria-hidden className="size-5" />
      <span className="sr-only">{word}: </span>
    </span>
  );
}
