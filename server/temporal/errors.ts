import { type ServiceError, status } from '@grpc/grpc-js';
import type { ErrorCode } from '#lib/api/shared/errors.ts';
import { CodedError } from '#server/errors.ts';
import {
  isGate,
  isNamespaceMissing,
  isOversize,
  isRateLimit,
  isUnsent,
  isUnterminatedString,
} from '#server/temporal/failure-signs.ts';
import { FAMILY_SETTINGS, type Family } from '#server/temporal/families.ts';
import type { Area, Policy } from '#server/temporal/methods.ts';
import { tlsTrouble } from '#server/temporal/tls-trouble.ts';

/** One failed call, with what is needed to say what it means. */
export interface Failure {
  readonly error: ServiceError;
  /** The call's own name, e.g. `ListWorkflowExecutions`. */
  readonly call: string;
  readonly area: Area;
  readonly kind: Policy['kind'];
  /** Null: the call names none. */
  readonly namespace: string | null;
  readonly address: string;
  readonly hasTls: boolean;
}

type Reason = (failure: Failure) => CodedError;

/** Finding out whether a server speaks TLS may hold up an error this long. */
const TLS_CHECK_MS = 200;

/**
 * What a failed call of Temporal means. A write that may have reached the server is `ambiguous-write` unless the server said that
 * it did not take it.
 */
export async function toCodedError(failure: Failure): Promise<CodedError> {
  const { error, address } = failure;
  if (error.code === status.UNAVAILABLE && isUnsent(error)) {
    const trouble = await tlsTrouble(error.details, failure, TLS_CHECK_MS);
    if (trouble) return coded('tls-mismatch', failure, `Temporal at ${address} ${trouble.message}.`, trouble.hint);
  }
  const [read, write] = TABLE[error.code] ?? [broken, ambiguous];
  return (failure.kind === 'write' ? write : read)(failure);
}

/** gRPC status → what it means for a read, and for a write. The one table. */
const TABLE: Readonly<Partial<Record<status, readonly [read: Reason, write: Reason]>>> = {
  [status.CANCELLED]: [unreachable, ambiguous],
  [status.UNKNOWN]: [broken, ambiguous],
  [status.INVALID_ARGUMENT]: [invalid, refused],
  [status.DEADLINE_EXCEEDED]: [late, lateWrite],
  [status.NOT_FOUND]: [missing, missingInWrite],
  [status.ALREADY_EXISTS]: [broken, refused],
  [status.PERMISSION_DENIED]: [forbidden, forbidden],
  [status.RESOURCE_EXHAUSTED]: [exhausted, exhaustedInWrite],
  [status.FAILED_PRECONDITION]: [broken, refused],
  [status.ABORTED]: [broken, ambiguous],
  [status.OUT_OF_RANGE]: [broken, refused],
  [status.UNIMPLEMENTED]: [absent, absent],
  [status.INTERNAL]: [broken, ambiguous],
  [status.UNAVAILABLE]: [unavailable, unavailableInWrite],
  [status.DATA_LOSS]: [broken, ambiguous],
  [status.UNAUTHENTICATED]: [credentials, credentials],
};

function coded(code: ErrorCode, { error }: Failure, message: string, hint: string): CodedError {
  return new CodedError(code, message, hint, { cause: error });
}

function unreachable(failure: Failure): CodedError {
  const message = `Temporal at ${failure.address} cannot be reached: ${wordsOf(failure)}`;
  return coded('temporal-unreachable', failure, message, 'Check that it runs and that TEMPORAL_ADDRESS is right.');
}

function broken(failure: Failure): CodedError {
  const message = `Temporal failed at ${failure.call}: ${wordsOf(failure)}`;
  return coded('temporal-error', failure, message, 'Try again; the log of the Temporal server has the cause.');
}

function invalid(failure: Failure): CodedError {
  if (failure.area === 'visibility') return queryRefused(failure);
  const message = `Temporal does not take the request ${failure.call}: ${wordsOf(failure)}`;
  return coded('invalid-request', failure, message, 'Check the names in the request.');
}

function queryRefused(failure: Failure): CodedError {
  const message = `Temporal’s visibility store does not take the query: ${wordsOf(failure)}`;
  return coded('query-refused', failure, message, 'Read the list of runs instead of asking for this value.');
}

function late(failure: Failure): CodedError {
  if (isUnsent(failure.error)) return unreachable(failure);
  const message = `Temporal did not answer ${failure.call} in time.`;
  return coded('deadline-exceeded', failure, message, 'Try again; a slow answer may mean a busy server.');
}

function lateWrite(failure: Failure): CodedError {
  return isUnsent(failure.error) ? unreachable(failure) : ambiguous(failure);
}

function missing(failure: Failure): CodedError {
  if (isNamespaceMissing(failure.error)) return namespaceMissing(failure);
  const message = `Temporal does not know it: ${wordsOf(failure)}`;
  return coded('not-found', failure, message, 'Check the name; a closed run is gone after the namespace’s retention.');
}

function missingInWrite(failure: Failure): CodedError {
  return isNamespaceMissing(failure.error) ? namespaceMissing(failure) : refused(failure);
}

function namespaceMissing(failure: Failure): CodedError {
  const message = `Temporal at ${failure.address} has no namespace ${JSON.stringify(failure.namespace ?? '')}.`;
  return coded(
    'namespace-not-found',
    failure,
    message,
    'Check the name, and that TEMPORAL_ADDRESS is the right server.',
  );
}

function forbidden(failure: Failure): CodedError {
  return isGate(failure.error) ? familyOff(failure) : credentials(failure);
}

function familyOff(failure: Failure): CodedError {
  const family = familyOf(failure.area);
  if (family === null) return credentials(failure);
  const { setting } = FAMILY_SETTINGS[family];
  const hint = `Set ${setting} to true in the dynamic configuration of the Temporal server.`;
  return coded('family-off', failure, `Temporal says: ${wordsOf(failure)}`, hint);
}

function absent(failure: Failure): CodedError {
  const family = familyOf(failure.area);
  const message = `The server at ${failure.address} does not have the call ${failure.call}.`;
  if (family === null) {
    return coded('temporal-error', failure, message, 'Check that TEMPORAL_ADDRESS is a Temporal frontend.');
  }
  const hint = `It exists in Temporal ${FAMILY_SETTINGS[family].since} and later, behind ${FAMILY_SETTINGS[family].setting}.`;
  return coded('family-off', failure, message, hint);
}

function credentials(failure: Failure): CodedError {
  const message = `Temporal refuses Patchboard’s credentials for ${failure.call}: ${wordsOf(failure)}`;
  const hint = 'Check TEMPORAL_API_KEY or the client certificate, and what they may do in this namespace.';
  return coded('credentials-refused', failure, message, hint);
}

function exhausted(failure: Failure): CodedError {
  if (isOversize(failure.error)) {
    const message = `The answer to ${failure.call} is larger than Patchboard takes: ${wordsOf(failure)}`;
    return coded('response-too-large', failure, message, 'Ask for less at once.');
  }
  return rateLimited(failure);
}

function exhaustedInWrite(failure: Failure): CodedError {
  return isRateLimit(failure.error) ? rateLimited(failure) : ambiguous(failure);
}

function rateLimited(failure: Failure): CodedError {
  const message = `Temporal limits the rate of calls: ${wordsOf(failure)}`;
  return coded('rate-limited', failure, message, 'Wait a little; others may be using this namespace’s allowance.');
}

function unavailable(failure: Failure): CodedError {
  return isUnterminatedString(failure.error) ? queryRefused(failure) : unreachable(failure);
}

function unavailableInWrite(failure: Failure): CodedError {
  return isUnsent(failure.error) ? unreachable(failure) : ambiguous(failure);
}

function refused(failure: Failure): CodedError {
  return coded('refused', failure, wordsOf(failure), 'Read the version sets again; they may have changed.');
}

export function ambiguous(failure: Failure): CodedError {
  const message = `The reply to ${failure.call} was lost, so it may have been carried out: ${wordsOf(failure)}`;
  return coded('ambiguous-write', failure, message, 'Read the version sets before you try again.');
}

const FAMILIES: Readonly<Partial<Record<Area, Family>>> = {
  'version-sets': 'versionSets',
  rules: 'rules',
  deployments: 'deployments',
};

function familyOf(area: Area): Family | null {
  return FAMILIES[area] ?? null;
}

/** The server's own words, or of grpc-js's those that tell something: one line, no dump of addresses tried. */
function wordsOf({ error }: Failure): string {
  const words = /^No connection established\. Last error: (.*?)(?:\s*\(\d{4}-[^)]*\))?\.\s*Resolution note:/s.exec(
    error.details,
  );
  return (
    (words?.[1] ?? error.details)
      .replace(/^(Error: )+/, '')
      .replaceAll(/\s+/g, ' ')
      .trim() ||
    status[error.code] ||
    'no reason given'
  );
}
