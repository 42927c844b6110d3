import {
  type ClientHttp2Session,
  connect,
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { arrivalMs, methodOf } from '#e2e/scale/grpc-wire.ts';
import { listen } from '#e2e/scale/listen.ts';

export interface ProxiedCall {
  readonly method: string;
  /** Arrival, epoch ms. */
  readonly atMs: number;
}

export interface CountingProxy extends AsyncDisposable {
  /** host:port */
  readonly address: string;
  readonly calls: readonly ProxiedCall[];
  readonly count: (method: string) => number;
}

/** Windows on the way up: large pages must not wait for the proxy. */
const WINDOW_BYTES = 4 * 1024 * 1024;

/**
 * Stands before a real plain-text frontend, passes every call on as it is, byte for byte, and counts. What it counts is what
 * came over the wire: attempts, not wishes. It knows HTTP/2 alone and nothing of the code whose calls it counts.
 */
export async function startCountingProxy(options: { target: string; port?: number }): Promise<CountingProxy> {
  const calls: ProxiedCall[] = [];
  let upstream: ClientHttp2Session | null = null;
  const session = () => {
    if (upstream === null || upstream.closed || upstream.destroyed) upstream = connectTo(options.target);
    return upstream;
  };
  const server = createServer();
  server.on('stream', (stream, headers) => {
    calls.push({ method: methodOf(headers[':path']), atMs: arrivalMs() });
    pass(stream, headers, session());
  });
  const listening = await listen(server, options.port);
  return {
    address: listening.address,
    calls,
    count: (method) => calls.filter((call) => call.method === method).length,
    [Symbol.asyncDispose]: async () => {
      upstream?.destroy();
      await listening.close();
    },
  };
}

function connectTo(target: string): ClientHttp2Session {
  const session = connect(`http://${target}`, { settings: { initialWindowSize: WINDOW_BYTES } });
  session.once('connect', () => session.setLocalWindowSize(WINDOW_BYTES));
  // The streams of a broken connection are reset one by one; the next call connects anew.
  session.on('error', () => undefined);
  return session;
}

function pass(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, session: ClientHttp2Session): void {
  const up = session.request(
    Object.fromEntries(Object.entries(headers).filter(([name]) => name !== ':authority' && name !== ':scheme')),
  );
  let trailers: IncomingHttpHeaders = {};

  up.on('response', ({ ':status': status, ...answer }, flags) => {
    const isWhole = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond({ ':status': status, ...answer }, isWhole ? { endStream: true } : { waitForTrailers: true });
    if (!isWhole) up.pipe(stream);
  });
  up.on('trailers', (received) => {
    trailers = received;
  });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.pipe(up);

  // Either side's reset is the other's, with its code: it says whether the call may have been taken.
  const resetCaller = () => {
    if (!stream.destroyed) stream.close(up.rstCode || constants.NGHTTP2_INTERNAL_ERROR);
  };
  const resetTarget = () => up.close(constants.NGHTTP2_CANCEL);
  up.on('aborted', resetCaller);
  up.on('error', resetCaller);
  stream.on('aborted', resetTarget);
  stream.on('error', resetTarget);
}
