import { endAll } from './process.ts';

/** The shells' convention: 128 + the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Runs `work` and ends everything it started, also after Ctrl-C or a failure, before the process exits. A signal that comes
 * twice (npm hands on what the terminal gave to all) is one signal.
 * @param work gets a signal that aborts at Ctrl-C, and returns the exit code
 */
export async function runUntilSignal(work: (signal: AbortSignal) => Promise<number>): Promise<never> {
  const interruption = new AbortController();
  let exitCode: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (exitCode !== undefined) return;
      exitCode = EXIT_CODES[signal];
      console.error(`\n${signal}: ending everything that was started …`);
      interruption.abort();
      void endAll().then(() => process.exit(EXIT_CODES[signal]));
    });
  }
  try {
    const code = await work(interruption.signal);
    await endAll();
    // A second of two causes: after a signal its own handler exits, with its code.
    if (exitCode === undefined) process.exit(code);
  } catch (error) {
    if (exitCode === undefined) {
      console.error(error);
      await endAll();
      process.exit(1);
    }
  }
  return new Promise<never>(() => undefined);
}
