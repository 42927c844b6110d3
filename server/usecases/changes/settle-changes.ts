import { setTimeout as pause } from 'node:timers/promises';
import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import { OUTCOME_WORDS } from '#lib/format/plan-words.ts';
import { isCodedError } from '#server/errors.ts';
import type { Claim } from '#server/store/record/port.ts';
import { endChange, endUnsent } from '#server/usecases/changes/end-change.ts';
import { readBack } from '#server/usecases/changes/read-back.ts';
import { CHANGE_TIMING, type ChangeTiming, CLAIM_TIMING } from '#server/usecases/changes/timing.ts';
import { watchLateEffect } from '#server/usecases/changes/watch-late-effect.ts';
import { watchIfStored } from '#server/usecases/changes/watch-take-up.ts';
import type { Ctx } from '#server/usecases/context.ts';

/**
 * Settles, by reading only, the changes that other processes left without an outcome, from now until the ledger stops; those that were
 * not sent are settled at once. Every process that may change something does this: a queue is free for the next change once the last one
 * is settled.
 */
export function startSettling(ctx: Ctx, timing: ChangeTiming = CHANGE_TIMING, sweepMs = CLAIM_TIMING.sweepMs): void {
  const { workbench } = ctx.changes;
  workbench.start('settling', async (signal) => {
    const own = { ...ctx, signal };
    while (!signal.aborted) {
      for (const claim of await claimsLeft(own)) {
        workbench.start(claim.changeId, () => settle(own, claim, timing));
      }
      await pause(sweepMs, undefined, { signal }).catch(() => undefined);
    }
  });
}

async function claimsLeft(ctx: Ctx): Promise<readonly Claim[]> {
  try {
    return await ctx.changes.takeOver();
  } catch (error) {
    if (!isCodedError(error)) throw error;
    ctx.log.warn({ code: error.code }, 'unfinished changes not looked for');
    return [];
  }
}

async function settle(ctx: Ctx, claim: Claim, timing: ChangeTiming): Promise<void> {
  try {
    const change = await ctx.changes.find(claim.namespace, claim.changeId);
    if (change === null) return;
    const ended = change.outcome === null ? await settleOpen(ctx, change, claim, timing) : change;
    if (ended === null) return;
    watchIfStored(ctx, ended, timing);
    // One that Temporal had accepted has no claim any more, and is not found here.
    watchLateEffect(ctx, ended, timing);
  } catch (error) {
    ctx.changes.giveUp(claim.changeId);
    ctx.log.warn({ changeId: claim.changeId, err: error }, 'unfinished change not settled yet');
  }
}

function settleOpen(ctx: Ctx, change: ChangeDetail, claim: Claim, timing: ChangeTiming): Promise<ChangeDetail | null> {
  return claim.mayBeSent
    ? settleByReading(ctx, change, claim, timing)
    : endUnsent(ctx, change, 'Patchboard stopped before the write.');
}

/** null: stopped before it could be told. The write, if there was one, was sent while its process still held the claim. */
async function settleByReading(
  ctx: Ctx,
  change: ChangeDetail,
  { orphanedMs }: Claim,
  timing: ChangeTiming,
): Promise<ChangeDetail | null> {
  const landedByMs = (orphanedMs ?? ctx.now()) + timing.writeDeadlineMs + timing.landingGraceMs;
  const before = { sets: change.before };
  const settled = await readBack(ctx, { change, before, write: 'unclear', landedByMs }, timing);
  if (settled === null) return null;
  const { outcome, observed } = settled;
  const message = `${OUTCOME_WORDS[outcome]} Patchboard had stopped in between; this was found by reading.`;
  const isOpen = outcome === 'unconfirmed';
  return endChange(ctx, change, { outcome, message, observed, isWritten: true, isOpen });
}
