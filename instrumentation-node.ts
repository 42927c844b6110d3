import { isConfigError } from '#server/config/load.ts';
import { processEnv } from '#server/config/process-env.ts';
import { isCodedError } from '#server/errors.ts';
import { ctxOf, servedRuntime, stopServedRuntime } from '#server/runtime.ts';
import { startSettling } from '#server/usecases/changes/settle-changes.ts';
import { startWatchingQueues } from '#server/usecases/changes/watch-queues.ts';

/** An orderly end has this long; then the process ends anyway. */
const SHUTDOWN_LIMIT_MS = 25_000;

/** Opens the runtime, starts the reader of the default namespace, and takes over the end of the process. */
export async function start(): Promise<void> {
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => void end());
  try {
    const runtime = await servedRuntime(processEnv);
    runtime.census.snapshot(runtime.config.temporal.namespace);
    const ctx = ctxOf(runtime, 'patchboard', new AbortController().signal);
    startSettling(ctx);
    startWatchingQueues(ctx);
  } catch (error) {
    const hint = isCodedError(error) ? `\n${error.hint}` : '';
    if (!isConfigError(error) && !isCodedError(error)) throw error;
    process.stderr.write(`patchboard: ${error.message}${hint}\n`);
    process.exit(3);
  }
}

async function end(): Promise<void> {
  setTimeout(() => process.exit(0), SHUTDOWN_LIMIT_MS).unref();
  await stopServedRuntime();
  process.exit(0);
}
