import type { PatchRef } from '#lib/domain/patches/types.ts';
import { patchKey } from '#lib/domain/census/patch-labels.ts';
import { type CarriedHour, CAME_BACK_WINDOW_MS, type Returns, returnsIn } from '#lib/domain/verdict/came-back.ts';
import type { PatchSample, Store } from '#server/store/port.ts';
import type { Ctx } from '#server/usecases/context.ts';

const HOUR_MS = 3_600_000;

/** Samples are hours, so what they say is read once an hour and not with every look at a list. */
const readByStore = new WeakMap<Store, { hourMs: number; byPatch: Map<string, Promise<Returns>> }>();

/**
 * Was a patch that open runs carry now gone for a day within the last week? By the hourly samples: memory's last sight is overwritten
 * as soon as a picture shows the patch again.
 */
export async function hasComeBack(
  ctx: Pick<Ctx, 'store' | 'now'>,
  namespace: string,
  patch: PatchRef,
): Promise<boolean> {
  const { hasReturned, isGone } = await returnsOf(ctx, namespace, patch);
  return hasReturned || isGone;
}

function returnsOf({ store, now }: Pick<Ctx, 'store' | 'now'>, namespace: string, patch: PatchRef): Promise<Returns> {
  const hourMs = Math.floor(now() / HOUR_MS) * HOUR_MS;
  const known = readByStore.get(store);
  const read = known?.hourMs === hourMs ? known : { hourMs, byPatch: new Map<string, Promise<Returns>>() };
  readByStore.set(store, read);
  const key = JSON.stringify([namespace, patchKey(patch)]);
  const returns =
    read.byPatch.get(key) ??
    store
      .listSamples(namespace, patch, hourMs - CAME_BACK_WINDOW_MS)
      .then((samples) => returnsIn(hoursOf(samples)))
      .catch((error: unknown) => {
        read.byPatch.delete(key);
        throw error;
      });
  read.byPatch.set(key, returns);
  return returns;
}

/** @param samples oldest first */
function hoursOf(samples: readonly PatchSample[]): readonly CarriedHour[] {
  const byHour = Map.groupBy(samples, ({ hourMs }) => hourMs);
  return Array.from(byHour, ([hourMs, ofHour]) => ({ hourMs, isCarried: ofHour.some(isCarried) }));
}

function isCarried({ live, deprecated, versions }: PatchSample): boolean {
  return live + deprecated > 0 || Object.values(versions).some((openRuns) => openRuns > 0);
}
