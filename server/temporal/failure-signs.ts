import { type ServiceError, status } from '@grpc/grpc-js';
import proto from '@temporalio/proto';

const { NamespaceNotFoundFailure, ResourceExhaustedFailure } = proto.temporal.api.errordetails.v1;
const { ResourceExhaustedCause } = proto.temporal.api.enums.v1;

/** A typed detail that Temporal sends with an error (`temporal/api/errordetails/v1`); null: it is not there. */
function detailOf<Detail>(
  error: ServiceError,
  typeName: string,
  detail: { decode(bytes: Uint8Array): Detail },
): Detail | null {
  // An error that never reached a server may come without metadata, whatever its type says.
  const [header] = (error.metadata as ServiceError['metadata'] | undefined)?.get('grpc-status-details-bin') ?? [];
  if (!(header instanceof Uint8Array)) return null;
  try {
    const { details } = proto.google.rpc.Status.decode(header);
    const found = details.find(({ type_url: type }) => type?.endsWith(`.${typeName}`));
    return found ? detail.decode(found.value ?? new Uint8Array()) : null;
  } catch {
    return null;
  }
}

/** The words serve where a proxy drops the detail. */
export function isNamespaceMissing(error: ServiceError): boolean {
  if (error.code !== status.NOT_FOUND) return false;
  const detail = detailOf(error, 'NamespaceNotFoundFailure', NamespaceNotFoundFailure);
  return detail !== null || /^Namespace .* is not found/s.test(error.details);
}

/** A message larger than its receiver takes: asking again brings the same. grpc-js and the server use one status for it. */
export function isOversize(error: ServiceError): boolean {
  return error.code === status.RESOURCE_EXHAUSTED && /message larger than max|size larger than/i.test(error.details);
}

/** A limit that stands before the work: a write refused by it surely was not done. */
export function isRateLimit(error: ServiceError): boolean {
  if (error.code !== status.RESOURCE_EXHAUSTED) return false;
  const detail = detailOf(error, 'ResourceExhaustedFailure', ResourceExhaustedFailure);
  if (detail === null) return /rate limit exceeded/i.test(error.details);
  const { RESOURCE_EXHAUSTED_CAUSE_RPS_LIMIT, RESOURCE_EXHAUSTED_CAUSE_CONCURRENT_LIMIT } = ResourceExhaustedCause;
  return [RESOURCE_EXHAUSTED_CAUSE_RPS_LIMIT, RESOURCE_EXHAUSTED_CAUSE_CONCURRENT_LIMIT].includes(detail.cause);
}

/** SQLite visibility builds a full-text query out of a label; a double quote in it breaks that query. */
export function isUnterminatedString(error: ServiceError): boolean {
  return error.code === status.UNAVAILABLE && /unterminated string/i.test(error.details);
}

/** A switch in the server's dynamic configuration: "Worker versioning … is disabled on this namespace." */
export function isGate(error: ServiceError): boolean {
  return error.code === status.PERMISSION_DENIED && /\bdisabled\b/i.test(error.details);
}

/** grpc-js never had a connection to send the call on: a write surely was not done. */
export function isUnsent(error: ServiceError): boolean {
  if (error.code === status.UNAVAILABLE)
    return /^(No connection established|Name resolution failed)/.test(error.details);
  if (error.code !== status.DEADLINE_EXCEEDED || error.details.includes('previous attempts')) return false;
  return /waiting for (LB pick|name resolution|metadata filters)/i.test(error.details);
}
