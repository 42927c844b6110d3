/**
 * Runs two works at the same time. When one fails, the other's signal aborts, and the failure is thrown only after both have
 * ended: whoever cleans up next finds nothing still starting.
 */
export async function sideBySide<A, B>(
  signal: AbortSignal,
  first: (signal: AbortSignal) => Promise<A>,
  second: (signal: AbortSignal) => Promise<B>,
): Promise<[A, B]> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const errors: unknown[] = [];
  const guard = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      errors.push(error);
      failed.abort();
      throw error;
    });
  const [a, b] = await Promise.allSettled([guard(first(either)), guard(second(either))]);
  if (a.status === 'fulfilled' && b.status === 'fulfilled') return [a.value, b.value];
  // The first failure is the cause; the other may only be its echo.
  throw errors[0];
}
