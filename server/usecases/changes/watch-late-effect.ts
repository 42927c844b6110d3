import { setTimeout as pause } from 'node:timers/promises';
import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import { judgeLateReading } from '#lib/domain/change-plan/judge-read-back.ts';
import { OUTCOME_WORDS } from '#lib/format/plan-words.ts';
import { endChange } from '#server/usecases/changes/end-change.ts';
import { tryReading } from '#server/usecases/changes/read-back.ts';
import type { ChangeTiming } from '#server/usecases/changes/timing.ts';
import { watchIfStored } from '#server/usecases/changes/watch-take-up.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** Watches an unconfirmed change whose reply was lost until it has its last outcome. Its queue is free meanwhile. */
export function watchLateEffect(ctx: Ctx, change: ChangeDetail, timing: ChangeTiming): void {
  if (change.outcome !== 'unconfirmed' || change.endedAt === null) return;
  const shownByMs = Date.parse(change.endedAt) + timing.refreshMs;
  ctx.changes.workbench.start(`late effect ${change.id}`, async (signal) => {
    const own = { ...ctx, signal };
    try {
      const ended = await endedLate(own, change, shownByMs, timing);
      if (ended) watchIfStored(own, ended, timing);
    } catch (error) {
      // Whoever takes it over goes on with it.
      ctx.changes.giveUp(change.id);
      throw error;
    }
  });
}

/** The change once it is known; null: stopped before. Where a reading of somebody else's told first, as that one left it. */
async function endedLate(
  ctx: Ctx,
  change: ChangeDetail,
  shownByMs: number,
  timing: ChangeTiming,
): Promise<ChangeDetail | null> {
  const { operation } = change;
  const before = { sets: change.before };
  for (;;) {
    const readFromMs = ctx.now();
    const observed = await tryReading(ctx, change);
    const isPastRefresh = readFromMs > shownByMs;
    const outcome = observed && judgeLateReading({ before, operation, observed, isPastRefresh });
    if (outcome) {
      const message = `${OUTCOME_WORDS[outcome]} It was unconfirmed until now.`;
      return endChange(ctx, change, { outcome, message, observed, isWritten: true });
    }
    if (ctx.signal.aborted) return null;
    await pause(timing.refreshPollMs, undefined, { signal: ctx.signal }).catch(() => undefined);
  }
}
