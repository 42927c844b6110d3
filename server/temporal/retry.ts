import { type ServiceError, status } from '@grpc/grpc-js';
import { isOversize, isUnterminatedString } from '#server/temporal/failure-signs.ts';

export const ATTEMPTS_MAX = 4;

/** Upper ends of the pauses before the second, third and fourth attempt: from 100 ms to 2 s, by a factor of about 4.5. */
const PAUSE_CAPS_MS = [100, 450, 2_000] as const;

/**
 * Full jitter: any length up to the cap, so that callers that failed together do not come back together.
 * @param failed attempts that failed so far, from 1
 */
export function pauseAfterMs(failed: number, random: () => number): number {
  return random() * (PAUSE_CAPS_MS[failed - 1] ?? PAUSE_CAPS_MS[2]);
}

const MAY_PASS: { readonly [Code in status]?: (error: ServiceError) => boolean } = {
  [status.UNAVAILABLE]: (error) => !isUnterminatedString(error),
  [status.RESOURCE_EXHAUSTED]: (error) => !isOversize(error),
  // Not our own cancel, which ends a call before it comes here: a stream that the server's GOAWAY took along (grpc-node#2641).
  [status.CANCELLED]: () => true,
  [status.INTERNAL]: (error) => /RST_STREAM|GOAWAY/i.test(error.details),
};

/** Failures of a read that another attempt may not meet: a rate limit, an unreachable server, a connection at its maximum age. */
export function mayPass(error: ServiceError): boolean {
  return MAY_PASS[error.code]?.(error) ?? false;
}
