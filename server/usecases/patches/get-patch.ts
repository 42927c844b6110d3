import type { Patch } from '#lib/api/patches/schemas.ts';
import { patchKey } from '#lib/domain/census/patch-labels.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { countsItem, isInPicture, NO_COUNTS, tallySeenPatches } from '#server/usecases/patches/tally-seen-patches.ts';
import { pictureOfNamespace } from '#server/usecases/shared/require-namespace.ts';
import { seenInterval } from '#server/usecases/shared/seen-interval.ts';
import { pictureOf } from '#server/usecases/task-queues/picture.ts';
import { answersFor } from '#server/usecases/verdict/answers-for.ts';

/**
 * One patch: counts per workflow type, and what the picture answers. An id that no run and no memory knows is no error: it is
 * answered with `isSeen` false, so that a typing error never reads as "nothing in the way". Throws `CodedError`.
 */
export async function getPatch(ctx: Ctx, input: PatchRef & { readonly namespace: string }): Promise<Patch> {
  const { namespace, kind, id } = input;
  const snapshot = await pictureOfNamespace(ctx, namespace);
  const seen = (await tallySeenPatches(ctx, snapshot)).get(patchKey({ kind, id }));
  const picture = pictureOf(snapshot);
  if (seen === undefined) {
    const answers = [...answersFor(snapshot, { kind, id }, ctx.config)];
    const never = { totals: NO_COUNTS, byType: [], answers, firstSeen: null, lastSeen: null };
    return { kind, id, isSeen: false, ...never, picture };
  }
  const { totals, byType } = seen.tally;
  const rememberedTypes = seen.remembered?.workflowTypes;
  return {
    kind,
    id,
    isSeen: true,
    totals: countsItem(totals),
    byType: byType.map(({ workflowType, counts }) => ({ workflowType, counts: countsItem(counts) })),
    answers: [...answersFor(snapshot, { kind, id, rememberedTypes }, ctx.config)],
    ...seenInterval(seen.remembered, isInPicture(seen), snapshot, ctx.now()),
    picture,
  };
}
