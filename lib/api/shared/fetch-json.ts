import type { z } from 'zod';
import { ApiError } from '#lib/api/shared/api-error.ts';
import { errorBodySchema } from '#lib/api/shared/errors.ts';

/** Longer than any answer of the API takes (a write has 20 s and a read-back), so a lost connection ends in words. */
const DEADLINE_MS = 45_000;

interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Present: POST with this as JSON. */
  readonly body?: unknown;
}

/** Asks the API at `path` (`api` of `lib/routes.ts`) and checks the answer with `schema`. Throws `ApiError` only, or the abort. */
export async function fetchJson<T extends z.ZodType>(
  path: string,
  schema: T,
  { signal, headers, body }: FetchOptions = {},
): Promise<z.infer<T>> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const response = await send(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw unreachable();
  });
  const data: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw errorOf(response.status, data);
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw unreadable(response.status);
  return parsed.data;
}

function send(path: string, init: RequestInit): Promise<Response> {
  return fetch(path, { ...init, cache: 'no-store', credentials: 'same-origin', redirect: 'error' });
}

function errorOf(status: number, data: unknown): ApiError {
  const parsed = errorBodySchema.safeParse(data);
  return parsed.success ? new ApiError({ ...parsed.data.error, status }) : unreadable(status);
}

function unreachable(): ApiError {
  return new ApiError({
    code: 'unreachable',
    message: 'Patchboard’s server did not answer.',
    hint: 'Check that it runs and that this machine reaches it.',
    status: null,
  });
}

function unreadable(status: number): ApiError {
  return new ApiError({
    code: 'unreadable',
    message: `The answer could not be read (HTTP ${status}).`,
    hint: 'Reload the page: it may be older than the server. A proxy in between can also be the cause.',
    status,
  });
}
