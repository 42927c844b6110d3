import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, type ChildEnd, startChild } from '#server/cli/serve/child.ts';
import { bareHost } from '#server/cli/serve/ports.ts';
import { CodedError } from '#server/errors.ts';

/** The server answers within 1 s of its start; thirty times that on a busy machine, and then something is wrong. */
const READY_LIMIT_MS = 30_000;
const ASK_EVERY_MS = 50;
const ANSWER_LIMIT_MS = 2_000;
/** Orchestrators kill after 30 s: the server ends its streams and flushes within this time, or is ended. */
const STOP_LIMIT_MS = 25_000;

export interface ServeAppInput {
  /** Folder of the standalone build. */
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly writeLog: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface ServedApp {
  /** Address for a browser on this machine. */
  readonly url: string;
  /** Resolves when the server ended by itself. */
  readonly ended: Promise<ChildEnd>;
  readonly stop: () => Promise<void>;
}

/**
 * Pictures are made anew many times a second and live for one. With V8's own nursery on a large machine they grow old before they
 * are collected, and the process holds twice what it needs (measured with 10,000 open runs).
 */
export const SMALL_HEAP = ['--max-semi-space-size=4', '--heap-growing-percent=50'];

/** Starts the production server and returns when it answers on `/healthz`. */
export async function serveApp(input: ServeAppInput): Promise<ServedApp> {
  const { folder, host, port, env, writeLog, signal } = input;
  const child = startChild({
    command: process.execPath,
    args: [...SMALL_HEAP, join(import.meta.dirname, 'standalone-entry.ts'), folder],
    isTethered: true,
    env: {
      ...env,
      // Next listens on HOSTNAME, which shells and containers set to the machine's name.
      HOSTNAME: bareHost(host),
      PORT: String(port),
      NEXT_MANUAL_SIG_HANDLE: 'true',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    // Standard output holds our JSON log and Next's banner; the banner would tell a second, different address.
    onLine: (line, stream) => {
      if (stream === 'stderr' || line.startsWith('{')) writeLog(line);
    },
  });
  const url = urlOf(host, port);
  const stop = () => child.stop(STOP_LIMIT_MS);
  try {
    await untilHealthy(child, url, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, ended: child.ended, stop };
}

const EVERY_INTERFACE = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

/** An address that means "every interface" is no address to open: this machine is reached on loopback. */
export function urlOf(host: string, port: number): string {
  const reachable = EVERY_INTERFACE.get(bareHost(host)) ?? bareHost(host);
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

async function untilHealthy(child: Child, url: string, signal: AbortSignal): Promise<void> {
  const deadlineMs = Date.now() + READY_LIMIT_MS;
  let end: ChildEnd | null = null;
  void child.ended.then((how) => {
    end = how;
  });
  while (!(await isHealthy(url, signal))) {
    signal.throwIfAborted();
    if (end !== null || Date.now() > deadlineMs) throw notServing(child, end);
    // Whenever the abort comes, its own reason is what the caller hears.
    await sleep(ASK_EVERY_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

async function isHealthy(url: string, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT_MS)]);
  return fetch(`${url}/healthz`, { signal: limit }).then(
    (response) => response.ok,
    () => false,
  );
}

function notServing(child: Child, end: ChildEnd | null): CodedError {
  const how = end === null ? `did not answer within ${READY_LIMIT_MS / 1_000} s` : `ended (${end.how})`;
  return new CodedError(
    'internal',
    `the server ${how}:\n${child.lastLines().join('\n')}`,
    'Mend what the last lines name; `npm run verify` tells whether the sources are whole.',
  );
}
