import type { ApiErrorCode } from '#lib/api/shared/api-error.ts';

/** What the reader can do after an attempt to apply a plan ended in an error. */
export type NextStep =
  /** The plan no longer fits: make it again and look at it again. */
  | 'plan-again'
  /** Temporal will not do this: choose something else. */
  | 'choose-again'
  /** Nothing more can be done here. */
  | 'close'
  /** Nobody knows yet whether it was applied: read the record until it tells. */
  | 'ask-again';

const STEPS: Readonly<Partial<Record<ApiErrorCode, NextStep>>> = {
  'changed-since-plan': 'plan-again',
  'plan-expired': 'plan-again',
  'not-found': 'plan-again',
  'key-reused': 'plan-again',
  'not-confirmed': 'plan-again',
  refused: 'choose-again',
  'invalid-request': 'choose-again',
  'family-off': 'close',
  'read-only': 'close',
  forbidden: 'close',
  'namespace-not-found': 'close',
};

/** Every other code leaves open whether the write landed. */
export function nextStepAfter(code: ApiErrorCode | 'page-failed'): NextStep {
  return code === 'page-failed' ? 'ask-again' : (STEPS[code] ?? 'ask-again');
}
