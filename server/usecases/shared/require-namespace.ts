import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import { hasCode } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** An answer waits at most this long to learn whether its namespace exists. */
const DESCRIBE_WITHIN_MS = 2_000;

/**
 * The namespace's picture. A name that Temporal does not know throws `namespace-not-found`: an empty list must not hide a typing
 * error. Any other failure of asking is left to the picture's own `trouble`.
 */
export async function pictureOfNamespace(ctx: Ctx, namespace: string): Promise<CensusSnapshot> {
  const snapshot = ctx.census.snapshot(namespace);
  if (snapshot.toMs !== null) return snapshot;
  try {
    await ctx.temporal.describeNamespace({ namespace }, { signal: ctx.signal, deadlineMs: DESCRIBE_WITHIN_MS });
  } catch (error) {
    if (hasCode(error, 'namespace-not-found') || hasCode(error, 'aborted')) throw error;
  }
  return ctx.census.snapshot(namespace);
}
