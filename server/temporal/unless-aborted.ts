import { CodedError } from '#server/errors.ts';

export function aborted(cause?: unknown): CodedError {
  return new CodedError('aborted', 'The call was ended before Temporal answered.', 'Ask again.', { cause });
}

/** Waits for work that others share: an abort ends the waiting, not the work. */
export async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return work;
  if (signal.aborted) throw aborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(aborted());
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop));
}
