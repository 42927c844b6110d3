'use client';

import { classNames } from '#components/ui/class-names.ts';
import { useNow } from '#components/ui/clock.tsx';
import { Time } from '#components/ui/time.tsx';
import { formatCount } from '#lib/format/count.ts';
import { isPolling } from '#lib/format/poll-words.ts';

/** A dot that is filled while something polls, and the words for it. */
export function PollerDot({ workers, lastPollAt }: { workers: number; lastPollAt: string | null }) {
  const isFilled = isPolling(lastPollAt, useNow());
  return (
    <p className={classNames('flex items-start gap-2 text-sm', !isFilled && 'text-ink-soft')}>
      <Dot isFilled={isFilled} />
      <span>
        {workers === 0 ? 'no worker polls' : formatCount(workers, 'worker')}
        {lastPollAt === null ? null : (
          <span className="text-ink-soft">
            , polled <Time iso={lastPollAt} />
          </span>
        )}
      </span>
    </p>
  );
}

export function Dot({ isFilled }: { isFilled: boolean }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'mt-1.5 size-2 shrink-0 rounded-full border',
        isFilled ? 'border-safe bg-safe' : 'border-line-strong bg-transparent',
      )}
    />
  );
}
