import { type ErrorCode, ERROR_STATUS } from '#lib/api/shared/errors.ts';

const BRAND = Symbol.for('patchboard.coded-error');

/** The only error that leaves a use case or the Temporal port: a code of the closed set, a message and the next step. */
export class CodedError extends Error {
  readonly [BRAND] = true;
  readonly code: ErrorCode;
  /** What the reader can do next: one sentence. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CodedError';
    this.code = code;
    this.hint = hint;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** By brand, not `instanceof`: bundles hold several copies of this class. */
export function isCodedError(error: unknown): error is CodedError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

export function hasCode(error: unknown, code: ErrorCode): boolean {
  return isCodedError(error) && error.code === code;
}
