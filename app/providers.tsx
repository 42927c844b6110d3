'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { queryClientOfHere } from '#app/query-client.ts';
import { Announcer } from '#components/ui/announcer.tsx';
import { ClockProvider } from '#components/ui/clock.tsx';

/** What every component may rely on: the query cache, state in the address, one clock, one live region. */
export function Providers({ serverNowMs, children }: { serverNowMs: number; children: ReactNode }) {
  return (
    <QueryClientProvider client={queryClientOfHere()}>
      <NuqsAdapter>
        <ClockProvider serverNowMs={serverNowMs}>{children}</ClockProvider>
        <Announcer />
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
