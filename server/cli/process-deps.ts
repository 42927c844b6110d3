import pino from 'pino';
import { actorOf } from '#server/cli/actor.ts';
import { type CliDeps, EXIT, type ExitCode } from '#server/cli/command.ts';
import { ctxOf, openRuntime, type Runtime } from '#server/runtime.ts';

/** Time that a command gets to close channel and store before the process ends anyway. */
const CLOSE_LIMIT_MS = 5_000;

/** The command's outside for a real process: its streams, environment, signals and exit code. */
export function createProcessDeps(host: NodeJS.Process): { deps: CliDeps; finish: () => Promise<void> } {
  const interrupted = new AbortController();
  let opened: Promise<Runtime> | null = null;
  let code: ExitCode = EXIT.ok;
  const stop = () => interrupted.abort();
  host.on('SIGINT', stop);
  host.on('SIGTERM', stop);
  host.on('SIGHUP', stop);
  // `patchboard patches | head` closes our standard output early: that is no failure.
  host.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') host.exit(code);
    // The terminal was closed: SIGHUP ends us in an orderly way.
    if (error.code === 'EIO') return;
    throw error;
  });

  const deps: CliDeps = {
    env: host.env,
    openCtx: async () => {
      // Logs go to standard error: standard output is the command's answer.
      opened ??= openRuntime({ PATCHBOARD_LOG: 'error', ...host.env }, pino.destination(2));
      return ctxOf(await opened, actorOf(host.env), interrupted.signal);
    },
    write: (text) => void host.stdout.write(text),
    writeError: (text) => void host.stderr.write(text),
    exit: (next) => {
      code = next;
    },
    signal: interrupted.signal,
    hasColor: host.stdout.isTTY && host.env.NO_COLOR === undefined,
  };

  async function finish(): Promise<void> {
    const runtime = await opened?.catch(() => null);
    const limit = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS).unref());
    if (runtime) await Promise.race([runtime.stop(), limit]);
    host.off('SIGINT', stop);
    host.off('SIGTERM', stop);
    host.off('SIGHUP', stop);
    host.exitCode = code;
  }
  return { deps, finish };
}
