import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import { CodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** One change as it stands now, with its plan; `outcome` null: under way, `takenUp.is` null: still watched. */
export async function getChange(ctx: Ctx, { namespace, id }: { namespace: string; id: string }): Promise<ChangeDetail> {
  const change = await ctx.changes.find(namespace, id);
  if (change) return change;
  throw new CodedError(
    'not-found',
    'There is no such change in this namespace.',
    'The list of changes shows the ones that the record holds.',
  );
}
