import type { Logger } from 'pino';
import type { ErrorBody } from '#lib/api/shared/errors.ts';
import { isCodedError } from '#server/errors.ts';

/** Pages of ours only, never kept by a proxy: answers depend on who asks and on the minute. */
const HEADERS = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Clients should wait this long before they ask a throttled or unreachable Temporal again. */
const RETRY_AFTER_SECONDS = '5';

export function jsonResponse(data: unknown, status: number, requestId: string): Response {
  return Response.json(data, { status, headers: { ...HEADERS, 'x-request-id': requestId } });
}

/** Coded errors travel as they are; anything else is `internal`, told in full only to the log. */
export function errorResponse(error: unknown, requestId: string, log: Logger | undefined): Response {
  if (!isCodedError(error)) {
    log?.error({ err: error }, 'internal failure');
    const body: ErrorBody = {
      error: {
        code: 'internal',
        message: 'Patchboard failed to answer.',
        hint: `The log has the cause under request ${requestId}. Try again; if it stays, report it.`,
      },
    };
    return jsonResponse(body, 500, requestId);
  }
  const body: ErrorBody = { error: { code: error.code, message: error.message, hint: error.hint } };
  const response = jsonResponse(body, error.status, requestId);
  if (error.status === 503) response.headers.set('retry-after', RETRY_AFTER_SECONDS);
  return response;
}
