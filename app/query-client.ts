import { QueryClient } from '@tanstack/react-query';
import { FRESH_MS } from '#lib/api/shared/polling.ts';

let browserClient: QueryClient | undefined;

/** One client for the browser's life; on the server a new one for every request, so that nobody sees another's data. */
export function queryClientOfHere(): QueryClient {
  if (typeof window === 'undefined') return createQueryClient();
  browserClient ??= createQueryClient();
  return browserClient;
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // The server has retried already, and polling asks again: an error is shown at once with its next step.
        retry: false,
      },
      mutations: { retry: false },
    },
  });
}
