import { isCodedError } from '#server/errors.ts';
import { isShuttingDown, servedRuntime } from '#server/runtime.ts';

/** Not ready while the store cannot be opened or the process is ending. Temporal's own state is on /status instead. */
export async function readiness(
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ isReady: boolean; reason: string | null }> {
  if (isShuttingDown()) return { isReady: false, reason: 'shutting down' };
  try {
    await servedRuntime(env);
    return { isReady: true, reason: null };
  } catch (error) {
    return { isReady: false, reason: isCodedError(error) ? error.code : 'configuration' };
  }
}
