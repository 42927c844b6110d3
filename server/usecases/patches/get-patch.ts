import type { Patch } from '#lib/api/patches/schemas.ts';
import { patchKey } from '#lib/domain/census/patch-labels.ts';
import type { CensusRun, CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import { isOf } from '#lib/domain/verdict/identity-book.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { openPatchDesk } from '#server/usecases/patches/patch-desk.ts';
import { countsItem, isInPicture, NO_COUNTS } from '#server/usecases/patches/tally-seen-patches.ts';
import { pictureOfNamespace } from '#server/usecases/shared/require-namespace.ts';
import { seenInterval } from '#server/usecases/shared/seen-interval.ts';
import { pictureOf } from '#server/usecases/task-queues/picture.ts';

/**
 * One patch: counts per workflow type, and the answers that are known. An id that no run and no memory knows is no error: it is
 * answered with `isSeen` false, so that a typing error never reads as "nothing in the way". Throws `CodedError`.
 */
export async function getPatch(ctx: Ctx, input: PatchRef & { readonly namespace: string }): Promise<Patch> {
  const { namespace, kind, id } = input;
  const snapshot = await pictureOfNamespace(ctx, namespace);
  const desk = await openPatchDesk(ctx, snapshot, { kind, id });
  const { answers, stage, alarms } = await desk.view({ kind, id });
  const seen = desk.seen.get(patchKey({ kind, id }));
  const told = { kind, id, stage, alarms, answers: [...answers], picture: pictureOf(snapshot) };
  if (seen === undefined) {
    const never = { totals: NO_COUNTS, byType: [], sdkName: null, firstSeen: null, lastSeen: null };
    return { ...told, isSeen: false, ...never };
  }
  const { totals, byType } = seen.tally;
  return {
    ...told,
    isSeen: true,
    totals: countsItem(totals),
    byType: byType.map(({ workflowType, counts }) => ({ workflowType, counts: countsItem(counts) })),
    sdkName: newestCarrier(snapshot, { kind, id })?.facts?.sdkName ?? null,
    ...seenInterval(seen.remembered, isInPicture(seen), snapshot, ctx.now()),
  };
}

function newestCarrier({ runs }: CensusSnapshot, patch: PatchRef): CensusRun | null {
  let newest: CensusRun | null = null;
  for (const run of runs) {
    if (run.facts?.markers.some((marker) => isOf(marker, patch)) !== true) continue;
    if (newest === null || run.summary.startTimeMs > newest.summary.startTimeMs) newest = run;
  }
  return newest;
}
