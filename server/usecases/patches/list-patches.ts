import type { PatchList } from '#lib/api/patches/schemas.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { briefAnswers } from '#server/usecases/patches/brief-answers.ts';
import {
  countsItem,
  isInPicture,
  type SeenPatch,
  tallySeenPatches,
} from '#server/usecases/patches/tally-seen-patches.ts';
import { pageOf, type PageRequest } from '#server/usecases/shared/paging.ts';
import { pictureOfNamespace } from '#server/usecases/shared/require-namespace.ts';
import { seenInterval } from '#server/usecases/shared/seen-interval.ts';
import { pictureOf } from '#server/usecases/task-queues/picture.ts';

/** Patches of open runs and of memory, by id, then kind. Throws `CodedError`. */
export async function listPatches(ctx: Ctx, input: PageRequest & { readonly namespace: string }): Promise<PatchList> {
  const snapshot = await pictureOfNamespace(ctx, input.namespace);
  const patches = await tallySeenPatches(ctx, snapshot);
  const page = pageOf(patches.values(), orderKey, input);
  const picture = pictureOf(snapshot);
  return {
    items: page.items.map((patch) => {
      const { kind, id, totals, byType } = patch.tally;
      return {
        kind,
        id,
        totals: countsItem(totals),
        workflowTypes: byType.map((entry) => entry.workflowType),
        answers: briefAnswers(snapshot, patch, ctx.config),
        ...seenInterval(patch.remembered, isInPicture(patch), snapshot, ctx.now()),
      };
    }),
    nextCursor: page.nextCursor,
    asOf: picture.to,
    picture,
  };
}

function orderKey({ tally }: SeenPatch): string {
  return `${tally.id}\0${tally.kind}`;
}
