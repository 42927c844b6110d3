'use client';

import { ErrorState } from '#components/ui/error-state.tsx';

/** A page that failed while rendering. The frame around it stays, so every other place is a press away. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return <ErrorState where="This page" error={error} onRetry={reset} />;
}
