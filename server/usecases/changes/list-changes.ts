import type { Change } from '#lib/api/changes/schemas.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

const DEFAULT_LIMIT = 100;

/** Changes of this process in one namespace, newest first. */
export async function listChanges(
  ctx: Ctx,
  { namespace, limit = DEFAULT_LIMIT, cursor }: { namespace: string; limit?: number; cursor?: string },
): Promise<{ items: Change[]; nextCursor: string | null; asOf: string }> {
  const page = await ctx.changes.list(namespace, { limit, ...(cursor === undefined ? {} : { cursor }) });
  return { items: [...page.items], nextCursor: page.nextCursor, asOf: timestampOf(ctx.now()) };
}
