import type { ChangeDetail, ChangeItemDetail } from '#lib/api/changes/schemas.ts';
import { CodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';

interface ItemName {
  readonly namespace: string;
  readonly id: string;
}

/** One change as it stands now, with its plan; `outcome` null: under way, `takenUp.is` null: still watched. */
export async function getChange(ctx: Ctx, { namespace, id }: ItemName): Promise<ChangeDetail> {
  return (await ctx.changes.find(namespace, id)) ?? notFound();
}

/** The same, or what happened outside of Patchboard: whatever the history lists. */
export async function getChangeItem(ctx: Ctx, { namespace, id }: ItemName): Promise<ChangeItemDetail> {
  return (await ctx.changes.findItem(namespace, id)) ?? notFound();
}

function notFound(): never {
  throw new CodedError(
    'not-found',
    'There is no such change in this namespace.',
    'The list of changes shows the ones that the record holds.',
  );
}
