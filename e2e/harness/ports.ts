import { createServer } from 'node:net';

/**
 * Below the range that systems take outgoing ports from (Linux: 32768 and up), so that no client's socket takes a port between
 * the moment it was found free and the moment its server listens.
 */
const FIRST = 20_000;
const LAST = 31_999;

/** Enough that failing means a system without free ports, not bad luck. */
const MAX_TRIES = 200;

/** Ports on 127.0.0.1, all different and free a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  for (let tries = 0; found.size < count; tries += 1) {
    if (tries === MAX_TRIES) throw new Error(`no ${count} free ports between ${FIRST} and ${LAST} on 127.0.0.1`);
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  return [...found];
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('no free port');
  return port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
