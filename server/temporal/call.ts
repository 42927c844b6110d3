import { setTimeout as pause } from 'node:timers/promises';
import { type Client, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import type { TemporalConfig } from '#server/config/types.ts';
import { CodedError } from '#server/errors.ts';
import { ambiguous, type Failure, toCodedError } from '#server/temporal/errors.ts';
import type { Method } from '#server/temporal/methods.ts';
import type { CallOptions } from '#server/temporal/port.ts';
import { onAbort } from '#server/temporal/on-abort.ts';
import { aborted } from '#server/temporal/unless-aborted.ts';
import { ATTEMPTS_MAX, mayPass, pauseAfterMs } from '#server/temporal/retry.ts';

export interface CallerDeps {
  readonly client: Client;
  readonly config: TemporalConfig;
  /** In [0, 1); jitter. */
  readonly random: () => number;
}

/** Makes calls by each method's policy. Everything it throws is a `CodedError`. */
export interface Caller {
  readonly call: <Request extends object, Response>(
    method: Method<Request, Response>,
    request: Request,
    options?: CallOptions,
  ) => Promise<Response>;
  /** Ends the channel; calls under way end as if aborted. */
  readonly close: () => void;
}

export function createCaller({ client, config, random }: CallerDeps): Caller {
  const closing = new AbortController();

  async function call<Request extends object, Response>(
    method: Method<Request, Response>,
    request: Request,
    options: CallOptions = {},
  ): Promise<Response> {
    const endMs = Date.now() + (options.deadlineMs ?? method.policy.deadlineMs);
    const signals = options.signal ? [closing.signal, options.signal] : [closing.signal];
    const isAborted = () => signals.some((signal) => signal.aborted);
    const attemptsMax = method.policy.kind === 'write' ? 1 : (options.maxAttempts ?? ATTEMPTS_MAX);
    const namespace = 'namespace' in request && typeof request.namespace === 'string' ? request.namespace : null;
    const metadata = metadataFor(config, namespace);
    let earlier: ServiceError | null = null;
    for (let failed = 1; ; failed += 1) {
      if (isAborted()) throw aborted(earlier);
      try {
        return await attempt(method, request, metadata, endMs, signals);
      } catch (thrown) {
        const error = requireServiceError(thrown);
        const failure = failureOf(method, namespace, error);
        if (isAborted()) throw method.policy.kind === 'write' ? ambiguous(failure) : aborted(error);
        const pauseMs = pauseAfterMs(failed, random);
        if (failed >= attemptsMax || !mayPass(error) || Date.now() + pauseMs >= endMs) {
          throw await toCodedError({ ...failure, error: tellingOf(error, earlier) });
        }
        earlier = error;
        await pause(pauseMs, undefined, { signal: AbortSignal.any(signals) }).catch(() => undefined);
      }
    }
  }

  function attempt<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
    metadata: Metadata,
    endMs: number,
    signals: readonly AbortSignal[],
  ): Promise<Response> {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const { path, encode, decode } = method;
    const sent = client.makeUnaryRequest(
      path,
      encode,
      decode,
      request,
      metadata,
      { deadline: endMs },
      (error, response) => (error || response === undefined ? reject(error) : resolve(response)),
    );
    const cancel = () => sent.cancel();
    const ends = signals.map((signal) => onAbort(signal, cancel));
    return promise.finally(() => {
      for (const end of ends) end();
    });
  }

  function failureOf<Request, Response>(
    { path, area, policy }: Method<Request, Response>,
    namespace: string | null,
    error: ServiceError,
  ): Failure {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const hasTls = config.tls !== null;
    return { error, call: name, area, kind: policy.kind, namespace, address: config.address, hasTls };
  }

  return {
    call,
    close: () => {
      closing.abort();
      client.close();
    },
  };
}

/** A deadline that ended a later attempt says less than what made it necessary. */
function tellingOf(error: ServiceError, earlier: ServiceError | null): ServiceError {
  return error.code === status.DEADLINE_EXCEEDED && earlier !== null ? earlier : error;
}

function requireServiceError(thrown: unknown): ServiceError {
  if (thrown instanceof Error && 'code' in thrown && 'details' in thrown && 'metadata' in thrown) {
    return thrown as ServiceError;
  }
  throw new CodedError('internal', 'A call could not be made.', 'The log has the cause.', { cause: thrown });
}

/** Temporal Cloud routes a key's calls by the namespace's name, and its names are ASCII; other names fit in no header. */
function metadataFor({ apiKey, metadata }: TemporalConfig, namespace: string | null): Metadata {
  const headers = new Metadata();
  for (const [name, value] of Object.entries(metadata)) headers.set(name, value);
  if (apiKey === null) return headers;
  headers.set('authorization', `Bearer ${apiKey}`);
  if (namespace !== null && /^[!-~]+$/.test(namespace)) headers.set('temporal-namespace', namespace);
  return headers;
}
