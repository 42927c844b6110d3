import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface ChildInput {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Every line of standard output, then of standard error, without its newline. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** True: the child gets a channel that closes when this process dies, however it dies. */
  readonly isTethered?: boolean;
  /** True: Ctrl-C and a closed terminal do not reach it; we end it when those who need it have ended. */
  readonly isShielded?: boolean;
}

export interface Child {
  /** Resolves when the child has ended or could not be started; never rejects. */
  readonly ended: Promise<ChildEnd>;
  /** Its last lines of output, oldest first: what a failure message shows. */
  readonly lastLines: () => readonly string[];
  /** Asks it to end (SIGTERM), ends it by force after `limitMs`, and returns when it is gone. */
  readonly stop: (limitMs: number) => Promise<void>;
}

export interface ChildEnd {
  readonly isSuccess: boolean;
  /** "exit code 1", "signal SIGKILL" or why it could not be started. */
  readonly how: string;
}

/** Lines kept for a failure message: a compiler's report fits, and a chatty child costs no memory. */
const KEPT_LINES = 40;

/** Starts a program, by default in our own process group: Ctrl-C and a closed terminal reach it as they reach us. */
export function startChild(input: ChildInput): Child {
  const { command, args, env, cwd, onLine, isTethered, isShielded } = input;
  const child = spawn(command, args, {
    // Nothing that we start is a development mode; Next's types want the variable, too.
    env: { ...env, NODE_ENV: 'production' },
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ['ignore', 'pipe', 'pipe', isTethered ? 'ipc' : 'ignore'],
    windowsHide: true,
    // A process group of its own. On Windows this would open a console window.
    detached: isShielded === true && process.platform !== 'win32',
  });
  const lines: string[] = [];
  const read = (stream: Readable | null, name: 'stdout' | 'stderr') => {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      onLine?.(line, name);
    });
  };
  read(child.stdout, 'stdout');
  read(child.stderr, 'stderr');

  const ended = endOf(child);
  // Our own failure must leave nothing behind: only synchronous work is possible here.
  const endWithUs = () => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  void ended.then(() => process.off('exit', endWithUs));

  return { ended, lastLines: () => lines, stop: (limitMs) => stopChild(child, ended, limitMs) };
}

function endOf(child: ChildProcess): Promise<ChildEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ isSuccess: false, how: error.message }));
    // `close`, not `exit`: the last lines of output come in between.
    child.once('close', (code, signal) =>
      resolve({ isSuccess: code === 0, how: signal ? `signal ${signal}` : `exit code ${code}` }),
    );
  });
}

async function stopChild(child: ChildProcess, ended: Promise<ChildEnd>, limitMs: number): Promise<void> {
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await ended;
  clearTimeout(force);
}
