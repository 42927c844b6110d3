import type { ErrorCode } from '#lib/api/shared/errors.ts';
import { PACE, retryPauseMs } from '#server/census/pace.ts';
import { CodedError, isCodedError } from '#server/errors.ts';

/** Refusals that only a person can mend: asking again every few seconds would be noise. */
const REFUSALS: readonly ErrorCode[] = [
  'namespace-not-found',
  'credentials-refused',
  'forbidden',
  'tls-mismatch',
  'query-refused',
  'invalid-request',
];

/** Failures of the connection or the namespace. Any other failure of a history reading is that run's own. */
const SERVICE_WIDE: readonly ErrorCode[] = [...REFUSALS, 'temporal-unreachable', 'rate-limited', 'aborted'];

/** @param failures failures in a row, from 1 */
export function failurePauseMs(error: CodedError, failures: number): number {
  return REFUSALS.includes(error.code) ? PACE.refusedRetryMs : retryPauseMs(failures);
}

export function isServiceWide(error: CodedError): boolean {
  return SERVICE_WIDE.includes(error.code);
}

/** What the port throws is coded; anything else is a defect of ours and says so. */
export function toCoded(error: unknown): CodedError {
  if (isCodedError(error)) return error;
  return new CodedError('internal', 'Reading the open runs failed.', 'The log has the cause.', { cause: error });
}

/** The reader's `trouble`: what stops or slows it, and what to do. */
export function troubleText(error: CodedError, perSecond: number): string {
  if (error.code !== 'rate-limited') return `${error.message} ${error.hint}`.trim();
  const rate = Number(perSecond.toFixed(1));
  return `Temporal limits the rate of this namespace's calls: reading goes on at ${rate} a second and quickens by itself; a lower PATCHBOARD_VISIBILITY_RPS or PATCHBOARD_HISTORY_RPS leaves others more room.`;
}
