import { freePort, untilListening, whyNotListen } from '#server/cli/serve/ports.ts';
import { type Child, type ChildEnd, startChild } from '#server/cli/serve/child.ts';
import { whyNoVersionSets } from '#server/cli/demo/version-sets-gate.ts';

const LOOPBACK = '127.0.0.1';
/** Where every Temporal tool looks first, so that the demo's reader needs no --address. */
const USUAL_PORT = 7233;
/** Address of the demo's server when its port is free. */
export const USUAL_ADDRESS = `${LOOPBACK}:${USUAL_PORT}`;
/** A development server is ready in 1 to 2 s; ten times that on a busy machine, and then it is broken. */
const READY_LIMIT_MS = 20_000;
/** Its stores are in memory: there is nothing worth waiting for. */
const STOP_LIMIT_MS = 5_000;

const DYNAMIC_CONFIG = [
  // Off by default in every server: without it nobody can read or write version sets.
  'frontend.workerVersioningDataAPIs=true',
  // The story's stopped workers leave the list after 70 s, not 5 min; a poll of a living worker lasts up to 60 s.
  'matching.PollerHistoryTTL="70s"',
];

export interface TemporalServer {
  /** host:port */
  readonly address: string;
  /** Resolves when the server ended by itself. */
  readonly ended: Promise<ChildEnd>;
  readonly stop: () => Promise<void>;
}

/** The running server, or in one line why this program is of no use here. */
export type StartOutcome = { readonly server: TemporalServer } | { readonly problem: string };

export interface StartServerInput {
  readonly binary: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Starts a development server on loopback, with its data in memory, and asks it whether version sets are on. */
export async function startTemporalServer(input: StartServerInput): Promise<StartOutcome> {
  const { binary, env, signal } = input;
  const isUsualPortFree = (await whyNotListen(LOOPBACK, USUAL_PORT)) === null;
  const port = isUsualPortFree ? USUAL_PORT : await freePort(LOOPBACK);
  const child = startChild({ command: binary, args: serverArguments(port), env, isShielded: true });
  const stop = () => child.stop(STOP_LIMIT_MS);
  const address = `${LOOPBACK}:${port}`;
  try {
    const problem = await problemOf(child, port, signal);
    if (problem === null) return { server: { address, ended: child.ended, stop } };
    await stop();
    return { problem };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverArguments(port: number): string[] {
  const base = ['server', 'start-dev', '--headless', '--ip', LOOPBACK, '--port', String(port), '--log-level', 'error'];
  return [...base, ...DYNAMIC_CONFIG.flatMap((setting) => ['--dynamic-config-value', setting])];
}

/** Null when the server is ready and has version sets. Throws only when `signal` aborts. */
async function problemOf(child: Child, port: number, signal: AbortSignal): Promise<string | null> {
  const gone = new AbortController();
  const limit = AbortSignal.any([signal, gone.signal, AbortSignal.timeout(READY_LIMIT_MS)]);
  const death = child.ended.then(({ how }) => {
    gone.abort();
    return `it ended at once (${how}): ${child.lastLines().at(-1) ?? 'without a word'}`;
  });
  const answer = untilListening(LOOPBACK, port, limit)
    .then(() => whyNoVersionSets(`${LOOPBACK}:${port}`, limit))
    .catch(() => `no answer within ${READY_LIMIT_MS / 1_000} s`);
  const problem = await Promise.race([death, answer]);
  signal.throwIfAborted();
  return problem;
}
