import type { Http2Server, ServerHttp2Session } from 'node:http2';

export interface Listening {
  /** host:port on loopback. */
  readonly address: string;
  readonly sessions: ReadonlySet<ServerHttp2Session>;
  /** Ends at once, calls under way included. */
  readonly close: () => Promise<void>;
}

/** Connection windows that do not slow a large page. */
const WINDOW_BYTES = 4 * 1024 * 1024;

/** @param port 0: one that is free */
export async function listen(server: Http2Server, port = 0): Promise<Listening> {
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(WINDOW_BYTES);
    session.on('close', () => sessions.delete(session));
    // A client that hangs up, speaks another protocol or resets is what these servers are for.
    session.on('error', () => session.destroy());
  });
  server.on('sessionError', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server listens on no port');
  return {
    address: `127.0.0.1:${bound.port}`,
    sessions,
    close: async () => {
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
