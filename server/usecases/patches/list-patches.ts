import { setImmediate } from 'node:timers/promises';
import type { PatchItem, PatchList } from '#lib/api/patches/schemas.ts';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import { abortedError } from '#server/census/aborted-error.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { openPatchDesk } from '#server/usecases/patches/patch-desk.ts';
import { countsItem, isInPicture, type SeenPatch } from '#server/usecases/patches/tally-seen-patches.ts';
import { pageOf, type PageRequest } from '#server/usecases/shared/paging.ts';
import { pictureOfNamespace } from '#server/usecases/shared/require-namespace.ts';
import { seenInterval } from '#server/usecases/shared/seen-interval.ts';
import { pictureOf } from '#server/usecases/task-queues/picture.ts';

/** Judging many patches of one busy type takes seconds; other requests have their turn this often. */
const TURN_MS = 25;

/** Patches of open runs and of memory, by id, then kind. Throws `CodedError`. */
export async function listPatches(ctx: Ctx, input: PageRequest & { readonly namespace: string }): Promise<PatchList> {
  const snapshot = await pictureOfNamespace(ctx, input.namespace);
  const desk = await openPatchDesk(ctx, snapshot);
  const page = pageOf(desk.seen.values(), orderKey, input);
  const picture = pictureOf(snapshot);
  const items: PatchItem[] = [];
  let turnMs = performance.now();
  for (const patch of page.items) {
    const { kind, id, totals, byType } = patch.tally;
    const { answers, stage, alarms } = await desk.view(patch.tally);
    items.push({
      kind,
      id,
      stage,
      alarms,
      totals: countsItem(totals),
      workflowTypes: byType.map((entry) => entry.workflowType),
      answers: answers.map(toBrief),
      ...seenInterval(patch.remembered, isInPicture(patch), snapshot, ctx.now()),
    });
    if (performance.now() - turnMs < TURN_MS) continue;
    await setImmediate();
    if (ctx.signal.aborted) throw abortedError();
    turnMs = performance.now();
  }
  return { items, nextCursor: page.nextCursor, asOf: picture.to, picture };
}

function toBrief({ question, min, answer, source }: Verdict): PatchItem['answers'][number] {
  return { question, min, answer, source };
}

function orderKey({ tally }: SeenPatch): string {
  return `${tally.id}\0${tally.kind}`;
}
