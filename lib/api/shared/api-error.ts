import type { ErrorCode } from '#lib/api/shared/errors.ts';

const BRAND = Symbol.for('patchboard.api-error');

/** `unreachable`: no answer came at all. `unreadable`: an answer came that is not one of Patchboard's. */
export type ApiErrorCode = ErrorCode | 'unreachable' | 'unreadable';

/** An error answer of the API, or its absence, as every page shows it: what happened and the next step. */
export class ApiError extends Error {
  readonly [BRAND] = true;
  readonly code: ApiErrorCode;
  readonly hint: string;
  /** HTTP status; null when no answer came. */
  readonly status: number | null;

  constructor(fields: { code: ApiErrorCode; message: string; hint: string; status: number | null }) {
    super(fields.message);
    this.name = 'ApiError';
    this.code = fields.code;
    this.hint = fields.hint;
    this.status = fields.status;
  }
}

/** By brand, not `instanceof`: bundles hold several copies of this class. */
export function isApiError(error: unknown): error is ApiError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

/** Any error in words for a page. What is no ApiError is a defect of the page itself. */
export function errorWords(error: Error): { message: string; hint: string; code: ApiErrorCode | 'page-failed' } {
  if (isApiError(error)) return { message: error.message, hint: error.hint, code: error.code };
  return {
    message: 'This part of the page failed.',
    hint: 'Reload the page. If it stays, report it with what you did.',
    code: 'page-failed',
  };
}
