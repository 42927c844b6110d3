'use client';

import { RotateCw } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { MEANINGS } from '#components/ui/meaning.ts';
import { errorWords } from '#lib/api/shared/api-error.ts';

interface ErrorStateProps {
  /** Where: what could not be shown, e.g. “The task queues of orders-prod”. */
  readonly where: string;
  readonly error: Error;
  readonly onRetry: () => void;
  readonly isRetrying?: boolean;
}

/** What failed, where, what next, with a retry. */
export function ErrorState({ where, error, onRetry, isRetrying = false }: ErrorStateProps) {
  const { message, hint, code } = errorWords(error);
  const Icon = MEANINGS.blocked.icon;
  return (
    <div role="alert" className="flex items-start gap-3 rounded-md border border-blocked-line bg-surface p-4">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-blocked" />
      <div className="flex min-w-0 flex-col items-start gap-2">
        <p className="font-semibold">{where} cannot be shown.</p>
        <p className="max-w-prose wrap-anywhere">{message}</p>
        <p className="max-w-prose wrap-anywhere text-ink-soft">{hint}</p>
        <div className="mt-1 flex flex-wrap items-center gap-3">
          <Button onClick={onRetry} isBusy={isRetrying}>
            <RotateCw aria-hidden className="size-4" />
            {isRetrying ? 'Trying again' : 'Try again'}
          </Button>
          <code className="font-mono text-sm text-ink-soft">{code}</code>
        </div>
      </div>
    </div>
  );
}
