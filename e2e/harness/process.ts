import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tailOf } from './log-tail.ts';
import { unwatch, watch } from './watchdog-client.ts';

export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the log messages call it. */
  readonly name: string;
  /** File for its output; without it the output is the terminal's. */
  readonly logFile?: string;
  /** Asks it to end in an orderly way. Default SIGTERM. */
  readonly endSignal?: NodeJS.Signals;
  /** How long it may take to end before it is killed. Default 10 s. */
  readonly graceMs?: number;
}

/** A program in a process group of its own, so that ending it ends what it started too. */
export interface ManagedProcess extends AsyncDisposable {
  readonly name: string;
  readonly pid: number;
  /** Exit code, or 128 + 15 where a signal ended it. */
  readonly exited: Promise<number>;
  /** Why it is not running any more, with the end of its log; undefined while it runs. */
  readonly whyEnded: () => string | undefined;
  /** Ends it and its whole group; resolves when none is left. */
  readonly end: () => Promise<void>;
}

const DEFAULT_GRACE_MS = 10_000;
const POLL_MS = 50;
/** Half a second: the killed are gone at once, but their entries stay for as long as nobody collects them. */
const MAX_KILLS = 10;
const SIGNAL_EXIT = 128 + 15;

const running = new Set<ManagedProcess>();

export function startProcess(options: ProcessOptions): ManagedProcess {
  const log = options.logFile === undefined ? ('inherit' as const) : openSync(options.logFile, 'a');
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['ignore', log, log],
  });
  if (typeof log === 'number') closeSync(log);
  const pid = child.pid;
  if (pid === undefined) {
    child.once('error', () => undefined);
    throw new Error(`${options.name} could not be started: is ${options.command} there and executable?`);
  }
  watch(pid);
  let ended: string | undefined;
  const exited = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = `${options.name} ended with ${signal ?? `exit code ${code}`}`;
      resolve(code ?? SIGNAL_EXIT);
    });
  });
  const end = async (): Promise<void> => {
    signalGroup(pid, options.endSignal ?? 'SIGTERM');
    await Promise.race([exited, sleep(options.graceMs ?? DEFAULT_GRACE_MS, undefined, { ref: false })]);
    // Also after an orderly end: what the leader started may have outlived it.
    for (let tries = 0; tries < MAX_KILLS && signalGroup(pid, 'SIGKILL'); tries += 1) await sleep(POLL_MS);
    await exited;
    unwatch(pid);
    running.delete(managed);
  };
  let ending: Promise<void> | undefined;
  const managed: ManagedProcess = {
    name: options.name,
    pid,
    exited,
    whyEnded: () =>
      ended === undefined ? undefined : `${ended}${options.logFile ? `\n${tailOf(options.logFile)}` : ''}`,
    end: () => (ending ??= end()),
    [Symbol.asyncDispose]: () => managed.end(),
  };
  running.add(managed);
  return managed;
}

/** Ends everything this process started, the newest first: workers before their server. */
export async function endAll(): Promise<void> {
  for (const managed of [...running].toReversed()) await managed.end();
}

/** @returns whether the group had a process left to take the signal */
function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
