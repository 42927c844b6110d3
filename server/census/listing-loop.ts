import { listOpenRuns } from '#server/census/list-open-runs.ts';
import { listPauseMs } from '#server/census/pace.ts';
import type { ReaderState } from '#server/census/reader-state.ts';
import { failurePauseMs, toCoded, troubleText } from '#server/census/trouble.ts';

/** Lists the open runs again and again while somebody wants to know. A failure keeps the picture, with its age and the trouble. */
export async function listingLoop(state: ReaderState): Promise<void> {
  let failures = 0;
  while (state.isWanted()) {
    let pauseMs: number;
    try {
      pauseMs = await state.namespaces.run(() => listOnce(state));
      failures = 0;
    } catch (error) {
      state.signal.throwIfAborted();
      const coded = toCoded(error);
      failures += 1;
      if (failures === 1) state.log.warn({ namespace: state.namespace, err: coded }, 'listing open runs failed');
      state.picture.setTrouble('listing', troubleText(coded, state.visibility.perSecond()));
      state.waiters.fail(coded);
      pauseMs = failurePauseMs(coded, failures);
    }
    await state.listingWake.wait(pauseMs);
  }
}

/** @returns the pause until the next listing, in milliseconds */
async function listOnce(state: ReaderState): Promise<number> {
  const { picture, now, clock, visibility } = state;
  const fromMs = now();
  const beganMs = clock.elapsedMs();
  const number = state.beginListing();
  const isFirst = picture.snapshot().toMs === null;
  const { pages, isWhole } = await listOpenRuns({
    ...state,
    budget: visibility,
    onPage: (page) => {
      if (!isFirst) return;
      picture.addPart(page, fromMs, now());
      state.historyWake.wake();
    },
    onRateLimited: (error) => picture.setTrouble('listing', troubleText(error, visibility.perSecond())),
  });
  const listing = { fromMs, toMs: now(), isWhole };
  picture.setTrouble('listing', isWhole ? null : TOO_MANY);
  state.waiters.onListed(number, listing);
  picture.applyListing(pages, listing);
  state.historyWake.wake();
  return listPauseMs(pages.length, clock.elapsedMs() - beganMs, visibility.perSecond());
}

const TOO_MANY =
  'This namespace has more open runs than one picture holds: the counts are of the newest ones only; ask for single patches with `patchboard check`.';
