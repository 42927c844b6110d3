/**
 * Like `Promise.all`, but throws only when all have ended: nothing goes on asking Temporal behind an answer that was given up. The
 * failure is the first in the list's order.
 */
export async function allEnded<const Works extends readonly unknown[]>(
  works: Works,
): Promise<{ -readonly [Index in keyof Works]: Awaited<Works[Index]> }> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
