import type { ErrorCode } from '#lib/api/shared/errors.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { isCodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** What the one attempt came back with. `unclear`: the write may have landed, or may yet. `unsent`: there was no way to send it on. */
export type WriteResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'unsent'; readonly message: string }
  | { readonly kind: 'unclear'; readonly message: string };

/**
 * Codes by which Temporal says that it did not take the write. Every other failure leaves that open, UNAVAILABLE too: in several
 * clusters it also answers a write that was stored but not yet published.
 */
const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'invalid-request',
  'query-refused',
  'forbidden',
  'not-found',
  'namespace-not-found',
  'refused',
  'family-off',
  'credentials-refused',
  'rate-limited',
] satisfies ErrorCode[]);

/** Codes of a write that never had a connection; a lost one is `ambiguous-write`. */
const UNSENT: ReadonlySet<ErrorCode> = new Set([
  'temporal-unreachable',
  'tls-mismatch',
  'aborted',
] satisfies ErrorCode[]);

/** Sends the operation once. Nothing aborts it: once sent, only its own deadline ends it, and reading tells what it did. */
export async function writeOnce(
  ctx: Ctx,
  input: { namespace: string; taskQueue: string; operation: VersionSetOperation },
  deadlineMs: number,
): Promise<WriteResult> {
  try {
    await ctx.temporal.updateVersionSets(input, { deadlineMs });
    return { kind: 'accepted' };
  } catch (error) {
    if (!isCodedError(error)) throw error;
    const kind = REFUSALS.has(error.code) ? 'refused' : UNSENT.has(error.code) ? 'unsent' : 'unclear';
    return { kind, message: error.message };
  }
}
