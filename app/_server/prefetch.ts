import { QueryClient, dehydrate, type DehydratedState, type QueryKey } from '@tanstack/react-query';
import { headers } from 'next/headers';
import { authorise, factsOf } from '#server/auth/access.ts';
import { processEnv } from '#server/config/process-env.ts';
import { ctxOf, servedRuntime } from '#server/runtime.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** A page waits this long for its own data; what is slower arrives by the browser's own request. */
const PREFETCH_LIMIT_MS = 400;

/** One query of a page: the key that its components use, and the use case behind it. */
export interface PageQuery {
  readonly queryKey: QueryKey;
  readonly load: (ctx: Ctx) => Promise<unknown>;
}

/**
 * Runs use cases for a page under the query keys that its components use, with the same access decision as the API. Whatever fails or is late is
 * left out: the browser asks for it and shows the error in its place.
 */
export async function prefetch(wanted: readonly PageQuery[]): Promise<DehydratedState> {
  const client = new QueryClient();
  try {
    const runtime = await servedRuntime(processEnv);
    authorise('read', factsOf(await headers()), runtime.config);
    const ctx = ctxOf(runtime, 'browser', AbortSignal.timeout(PREFETCH_LIMIT_MS));
    await Promise.all(
      wanted.map(({ queryKey, load }) => client.query({ queryKey, queryFn: () => load(ctx) }).catch(() => undefined)),
    );
  } catch {
    // Forbidden host, store or configuration trouble: the API says so in words.
  }
  return dehydrate(client);
}
