import { connect, createServer, type Socket } from 'node:net';
import { createFrameReader, type Frame } from '#e2e/faults/http2-frames.ts';
import { setsCallOf } from '#e2e/faults/sets-call.ts';
import { arrivalMs } from '#e2e/scale/grpc-wire.ts';

/** One call about a queue's sets that came to Temporal's door. Times are epoch ms. */
export interface WireCall {
  readonly taskQueue: string;
  readonly kind: 'read' | 'write';
  readonly atMs: number;
  /** When Temporal's answer left; null: none did. */
  answeredMs: number | null;
  /** Whether that answer was a success. */
  isOk: boolean;
}

/** What the faults are judged by: every call that arrived, whoever's process sent it. */
export interface Wire {
  readonly callsOf: (taskQueue: string) => readonly WireCall[];
}

export interface WireTap extends Wire, AsyncDisposable {
  /** host:port */
  readonly address: string;
}

/**
 * Passes TCP on as it is, to a frontend that may come and go, and reads along. It knows HTTP/2's frames and two messages' field
 * numbers, so it shares nothing with the code whose calls it counts.
 */
export async function startWireTap(target: string): Promise<WireTap> {
  const calls = new Map<string, WireCall[]>();
  const sockets = new Set<Socket>();
  const keep = (call: WireCall) => {
    const ofQueue = calls.get(call.taskQueue);
    if (ofQueue) ofQueue.push(call);
    else calls.set(call.taskQueue, [call]);
  };
  const server = createServer({ noDelay: true }, (client) => {
    const [host, port] = target.split(':');
    const upstream = connect({ port: Number(port), host, noDelay: true });
    const listener = createListener(keep);
    join(client, upstream, listener.request, sockets);
    join(upstream, client, listener.answer, sockets);
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address();
      if (bound !== null && typeof bound === 'object') resolve(bound.port);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    callsOf: (taskQueue) => calls.get(taskQueue) ?? [],
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

function join(from: Socket, to: Socket, listen: (bytes: Buffer) => void, sockets: Set<Socket>): void {
  sockets.add(from);
  from.on('data', (bytes: Buffer) => {
    listen(bytes);
    to.write(bytes);
  });
  from.on('error', () => to.resetAndDestroy());
  from.on('end', () => to.end());
  from.on('close', () => {
    sockets.delete(from);
    to.destroySoon();
  });
}

/** Of one connection. A call is noted when its message is whole, and answered when its answer is. */
function createListener(keep: (call: WireCall) => void) {
  const requests = createFrameReader('client');
  const answers = createFrameReader('server');
  const messages = new Map<number, Buffer[]>();
  const open = new Map<number, WireCall>();

  function hearRequest({ type, streamId, isLast, payload }: Frame): void {
    if (type !== 'data') return;
    const message = [...(messages.get(streamId) ?? []), payload];
    messages.set(streamId, message);
    if (!isLast) return;
    messages.delete(streamId);
    const call = setsCallOf(Buffer.concat(message));
    if (call === null) return;
    const noted = { ...call, atMs: arrivalMs(), answeredMs: null, isOk: false };
    open.set(streamId, noted);
    keep(noted);
  }

  function hearAnswer({ type, streamId, isLast }: Frame): void {
    const call = open.get(streamId);
    if (!call) return;
    // An answer that is an error has no message.
    if (type === 'data') call.isOk = true;
    if (!isLast) return;
    call.answeredMs = arrivalMs();
    open.delete(streamId);
  }

  return {
    request: (bytes: Buffer) => requests(bytes).forEach(hearRequest),
    answer: (bytes: Buffer) => answers(bytes).forEach(hearAnswer),
  };
}
