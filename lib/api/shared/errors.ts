import { z } from 'zod';

/**
 * The closed set of error codes, the same in the API, the command and the pages. Within v1 codes are only added.
 * The number is the HTTP status that the code travels with.
 */
export const ERROR_STATUS = {
  'invalid-request': 400,
  'query-refused': 400,
  forbidden: 403,
  'read-only': 403,
  'not-found': 404,
  'namespace-not-found': 404,
  'method-not-allowed': 405,
  refused: 409,
  'plan-expired': 410,
  'changed-since-plan': 412,
  'unsupported-media-type': 415,
  'key-reused': 422,
  'not-confirmed': 422,
  'key-missing': 428,
  internal: 500,
  'family-off': 501,
  'credentials-refused': 502,
  'tls-mismatch': 502,
  'response-too-large': 502,
  'temporal-error': 502,
  aborted: 503,
  'ambiguous-write': 503,
  'rate-limited': 503,
  'store-unavailable': 503,
  'temporal-unreachable': 503,
  'deadline-exceeded': 504,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

const codes = Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]];

/** Body of every error answer: what happened, and the next step. Never a cause, a stack or an address of ours. */
export const errorBodySchema = z.strictObject({
  error: z.strictObject({ code: z.enum(codes), message: z.string(), hint: z.string() }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
