import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goInstall } from './go-install.ts';
import { freePort } from './ports.ts';
import { startProcess } from './process.ts';
import { isListening, waitFor } from './wait.ts';

/** `up`: what the client sends. `down`: what the server answers. */
export type Direction = 'up' | 'down';

/** One way to a server, on which TCP can be disturbed; what is disturbed stays so until `heal`. */
export interface Lane {
  /** host:port */
  readonly address: string;
  /** Bytes of this direction arrive so much later. */
  readonly delay: (direction: Direction, delayMs: number) => Promise<void>;
  /** Bytes of this direction stay on the way; `heal` lets them arrive, in order. */
  readonly hold: (direction: Direction) => Promise<void>;
  /** Resets connections (RST) at once, with what is on the way, and new ones with their first byte. */
  readonly reset: () => Promise<void>;
  /** Ends connections at once, with what is on the way, and refuses new ones. */
  readonly shut: () => Promise<void>;
  /** Undisturbed from now on. */
  readonly heal: () => Promise<void>;
}

export interface Toxiproxy extends AsyncDisposable {
  /** @param target host:port that must take connections when a client comes */
  readonly openLane: (target: string) => Promise<Lane>;
}

const PROGRAM = {
  path: 'github.com/Shopify/toxiproxy/v2/cmd/server',
  version: 'v2.12.0',
  folder: 'toxiproxy-2.12.0',
  binary: 'server',
};

const START_TIMEOUT_MS = 30_000;
const REQUEST_TIMEOUT_MS = 10_000;
/** Longer than anybody waits for held bytes. */
const HELD_MS = 3_600_000;
const STREAMS: Readonly<Record<Direction, string>> = { up: 'upstream', down: 'downstream' };
const DIRECTIONS = ['up', 'down'] as const;

/** Shopify's Toxiproxy, built on first use, on loopback. Driven by its HTTP API, which is a few requests. */
export async function startToxiproxy(): Promise<Toxiproxy> {
  const binary = await goInstall(PROGRAM);
  const folder = mkdtempSync(join(tmpdir(), 'patchboard-toxiproxy-'));
  const port = await freePort();
  const managed = startProcess({
    name: 'Toxiproxy',
    command: binary,
    args: ['-host', '127.0.0.1', '-port', String(port)],
    env: { LOG_LEVEL: 'error' },
    logFile: join(folder, 'log'),
  });
  const dispose = async (): Promise<void> => {
    await managed.end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitFor(async () => (await isListening(port)) || undefined, {
      what: `Toxiproxy listening on 127.0.0.1:${port}`,
      timeoutMs: START_TIMEOUT_MS,
      isHopeless: managed.whyEnded,
    });
  } catch (error) {
    await dispose();
    throw error;
  }
  let lanes = 0;
  return {
    openLane: async (target) => openLane(`http://127.0.0.1:${port}/proxies`, `lane-${(lanes += 1)}`, target),
    [Symbol.asyncDispose]: dispose,
  };
}

/**
 * Each lane has its toxics from the start, asleep: a connection that met a reset toxic when it began, asleep or not, ends with RST rather than
 * FIN (`link.go`). Once cut, it is made anew: a link that ended while it held bytes blocks every change of its proxy's toxics.
 */
async function openLane(proxies: string, name: string, upstream: string): Promise<Lane> {
  const address = `127.0.0.1:${await freePort()}`;
  const lane = `${proxies}/${name}`;
  let isCut = false;

  const create = async (toxicityOfReset: number) => {
    // Whoever looks for a free port meanwhile holds it for a moment.
    await waitFor(() => send('POST', proxies, { name, listen: address, upstream, enabled: true }).then(() => true), {
      what: `Toxiproxy listening on ${address} again`,
      timeoutMs: REQUEST_TIMEOUT_MS,
    });
    for (const direction of DIRECTIONS) {
      const toxic = { name: `reset-${direction}`, type: 'reset_peer', toxicity: toxicityOfReset };
      await send('POST', `${lane}/toxics`, { ...toxic, stream: STREAMS[direction] });
      const delayed = { name: `delay-${direction}`, type: 'latency', attributes: { latency: 0 } };
      await send('POST', `${lane}/toxics`, { ...delayed, stream: STREAMS[direction] });
    }
  };
  const remove = async () => {
    isCut = true;
    await send('DELETE', lane);
  };
  const delay = (direction: Direction, latency: number) =>
    send('POST', `${lane}/toxics/delay-${direction}`, { toxicity: 1, attributes: { latency } });

  await create(0);
  return {
    address,
    delay,
    hold: (direction) => delay(direction, HELD_MS),
    reset: async () => {
      await remove();
      await create(1);
    },
    shut: remove,
    heal: async () => {
      if (isCut) {
        await remove();
        await create(0);
        isCut = false;
      } else {
        await Promise.all(DIRECTIONS.map((direction) => delay(direction, 0)));
      }
    },
  };
}

/** Nothing left to delete is as good as deleted. */
async function send(method: 'POST' | 'DELETE', url: string, body?: object): Promise<void> {
  const answer = await fetch(url, {
    method,
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  const text = await answer.text();
  if (answer.ok || (method === 'DELETE' && answer.status === 404)) return;
  throw new Error(`Toxiproxy answered ${answer.status} to ${method} ${url}: ${text}`);
}
