import {
  constants,
  createSecureServer,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import proto from '@temporalio/proto';
import { arrivalMs, frame, methodOf, readMessage, statusTrailers } from '#e2e/scale/grpc-wire.ts';
import { listen } from '#e2e/scale/listen.ts';

const messages = proto.temporal.api.workflowservice.v1;
type Messages = typeof messages;

/** `ListWorkflowExecutions` and so on: every call that has both of its messages. */
export type MethodName = {
  [Key in keyof Messages]: Key extends `${infer Name}Request`
    ? `${Name}Response` extends keyof Messages
      ? Name
      : never
    : never;
}[keyof Messages];

type RequestOf<Name extends MethodName> = ReturnType<Messages[`${Name}Request`]['decode']>;
type ResponseOf<Name extends MethodName> = Parameters<Messages[`${Name}Response`]['encode']>[0];

/** What a frontend can do instead of answering. */
export type Fault =
  /** `details`: serialized google.rpc.Status. */
  | { readonly fault: 'status'; readonly code: number; readonly message: string; readonly details?: Uint8Array }
  /** Never answers; the caller's deadline or abort ends the call. */
  | { readonly fault: 'hang' }
  /** The call was taken, the connection breaks before the reply: a lost reply. */
  | { readonly fault: 'drop-connection' }
  /** An answer of these bytes, whatever they mean. */
  | { readonly fault: 'raw'; readonly bytes: Uint8Array };

/** `nth` counts the calls of this method from 1. Take time by awaiting. */
export type Handler<Name extends MethodName> = (
  request: RequestOf<Name>,
  nth: number,
) => ResponseOf<Name> | Fault | Promise<ResponseOf<Name> | Fault>;

export type Handlers = { readonly [Name in MethodName]?: Handler<Name> };

export interface RecordedCall {
  readonly method: string;
  /** Arrival, epoch ms. */
  readonly atMs: number;
  readonly headers: IncomingHttpHeaders;
}

export interface SyntheticFrontend extends AsyncDisposable {
  /** host:port */
  readonly address: string;
  readonly calls: readonly RecordedCall[];
  readonly count: (method: MethodName) => number;
  /** A GOAWAY on every connection, as a frontend sends it at `keepAliveMaxConnectionAge`; calls under way go on. */
  readonly goAway: () => void;
}

export interface SyntheticOptions {
  readonly handlers: Handlers;
  readonly port?: number;
  /** PEM texts; without them, plain text. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string };
}

const UNIMPLEMENTED = 12;
const RESPONSE_HEADERS = { ':status': 200, 'content-type': 'application/grpc+proto' };

/**
 * A Temporal frontend for faults and scale, never for meaning. A method without a handler is UNIMPLEMENTED. Stands on plain
 * HTTP/2, so that it shares nothing with the client under test. `await using frontend = await startSyntheticFrontend({…})`.
 */
export async function startSyntheticFrontend({ handlers, port, tls }: SyntheticOptions): Promise<SyntheticFrontend> {
  const calls: RecordedCall[] = [];
  const count = (method: string) => calls.filter((call) => call.method === method).length;
  const server = tls ? createSecureServer({ cert: tls.certificate, key: tls.privateKey }) : createServer();
  server.on('stream', (stream, headers) => {
    const method = methodOf(headers[':path']);
    calls.push({ method, atMs: arrivalMs(), headers });
    // The caller may be gone before the answer.
    stream.on('error', () => undefined);
    // Nobody to answer: the connection broke while the message came.
    void answer(stream, handlers, method, count(method)).catch(() => stream.destroy());
  });
  const listening = await listen(server, port);
  return {
    address: listening.address,
    calls,
    count,
    goAway: () => {
      for (const session of listening.sessions) session.close();
    },
    [Symbol.asyncDispose]: listening.close,
  };
}

async function answer(stream: ServerHttp2Stream, handlers: Handlers, method: string, nth: number): Promise<void> {
  const request = await readMessage(stream);
  const reply = isHandled(handlers, method)
    ? await runHandler(handlers, method, request, nth)
    : ({ fault: 'status', code: UNIMPLEMENTED, message: `unknown method ${method}` } as const);
  if (stream.destroyed) return;
  if (reply instanceof Uint8Array) return respond(stream, reply);
  switch (reply.fault) {
    case 'status':
      stream.respond(
        { ...RESPONSE_HEADERS, ...statusTrailers(reply.code, reply.message, reply.details) },
        { endStream: true },
      );
      return;
    case 'hang':
      return;
    case 'drop-connection':
      stream.session?.destroy();
      return;
    case 'raw':
      respond(stream, reply.bytes);
      return;
  }
}

function respond(stream: ServerHttp2Stream, message: Uint8Array): void {
  stream.respond(RESPONSE_HEADERS, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers(statusTrailers(constants.NGHTTP2_NO_ERROR, '')));
  stream.end(frame(message));
}

function isHandled(handlers: Handlers, method: string): method is MethodName {
  return Object.hasOwn(handlers, method);
}

/** The serialized response, or the fault that the handler asks for. */
async function runHandler(handlers: Handlers, method: MethodName, bytes: Uint8Array, nth: number) {
  const { handler, request, response } = untyped(handlers, method);
  const reply = await handler(request.decode(bytes), nth);
  return isFault(reply) ? reply : response.encode(reply).finish();
}

interface Untyped {
  readonly handler: (request: unknown, nth: number) => Promise<unknown>;
  readonly request: { decode(bytes: Uint8Array): unknown };
  readonly response: { encode(message: unknown): { finish(): Uint8Array } };
}

/** One method's handler and messages belong together by their name, which TypeScript cannot follow through a union. */
function untyped(handlers: Handlers, method: MethodName): Untyped {
  const together: unknown = {
    handler: handlers[method],
    request: messages[`${method}Request`],
    response: messages[`${method}Response`],
  };
  return together as Untyped;
}

function isFault(reply: unknown): reply is Fault {
  return typeof reply === 'object' && reply !== null && 'fault' in reply;
}
