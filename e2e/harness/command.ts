import { spawn } from 'node:child_process';

const OUTPUT_MAX = 20_000;

export interface CommandEnd {
  /** Exit code; null where it could not be started, or was ended by a signal (too slow). */
  readonly code: number | null;
  readonly stdout: string;
  /** Both streams, the last 20,000 characters: for messages. */
  readonly output: string;
}

export interface CommandOptions {
  readonly timeoutMs: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Said once at the start and with the elapsed time every ten seconds. */
  readonly progress?: string;
}

const PROGRESS_MS = 10_000;

/** Runs a program to its end and keeps what it wrote. Never throws: a program that is missing or too slow ended badly. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<CommandEnd> {
  const startedAt = Date.now();
  const seconds = (): number => Math.round((Date.now() - startedAt) / 1000);
  if (options.progress) console.error(`${options.progress} …`);
  const timer = setInterval(() => options.progress && console.error(`  … ${seconds()} s`), PROGRESS_MS);
  let stdout = '';
  let output = '';
  return new Promise((resolve) => {
    const end = (code: number | null, why = ''): void => {
      clearInterval(timer);
      resolve({ code, stdout, output: output + why });
    };
    const child = spawn(command, args, {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    });
    child.stdout.setEncoding('utf8');
    child.stderr.setEncoding('utf8');
    const keep = (text: string): void => {
      output = (output + text).slice(-OUTPUT_MAX);
    };
    child.stdout.on('data', keep).on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.on('data', keep);
    child.on('error', (error) => end(null, error.message));
    child.on('close', (code, signal) => {
      const isTooLate = signal === 'SIGKILL' && Date.now() - startedAt >= options.timeoutMs;
      end(code, isTooLate ? `\n${command} took longer than ${options.timeoutMs / 1000} s` : '');
    });
  });
}
