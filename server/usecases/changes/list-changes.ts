import type { ChangeItem } from '#lib/api/changes/schemas.ts';
import { CodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

interface ListInput {
  readonly namespace: string;
  /** Of one queue; without it of all. */
  readonly taskQueue?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Changes by Patchboard and outside of it, newest first. Throws `invalid-request` for a cursor that is none of ours. */
export async function listChanges(
  ctx: Ctx,
  { namespace, taskQueue, limit, cursor }: ListInput,
): Promise<{ items: ChangeItem[]; nextCursor: string | null; asOf: string }> {
  const page = await ctx.changes.list(namespace, {
    limit,
    ...(cursor === undefined ? {} : { before: numberOf(cursor) }),
    ...(taskQueue === undefined ? {} : { taskQueue }),
  });
  const nextCursor = page.nextBefore === null ? null : String(page.nextBefore);
  return { items: [...page.items], nextCursor, asOf: timestampOf(ctx.now()) };
}

/** A cursor is the number of the record's entry that the page before ended with. */
function numberOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new CodedError('invalid-request', 'The cursor is none that Patchboard gave.', 'Begin again without a cursor.');
}
