import { setTimeout as pause } from 'node:timers/promises';
import type { Change } from '#lib/api/changes/schemas.ts';
import { judgeReadBack, type ReadBack } from '#lib/domain/change-plan/judge-read-back.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import { isCodedError } from '#server/errors.ts';
import type { ChangeTiming } from '#server/usecases/changes/timing.ts';
import type { Ctx } from '#server/usecases/context.ts';

export interface Settled {
  readonly outcome: 'verified' | 'superseded' | 'unconfirmed';
  /** What the deciding reading showed. */
  readonly observed: VersionSets;
}

interface Written extends Pick<ReadBack, 'before' | 'write'> {
  readonly change: Pick<Change, 'namespace' | 'taskQueue' | 'operation'>;
  /** After this moment, epoch ms, the write can no longer land. */
  readonly landedByMs: number;
}

/**
 * Reads the sets again and again until they tell how the write ended; readings that fail are repeated for as long as it takes.
 * `unconfirmed`: readings that went well did not show it in time, and Temporal may have stored it all the same. null: stopped by the signal.
 */
export async function readBack(
  ctx: Ctx,
  { change, before, write, landedByMs }: Written,
  timing: ChangeTiming,
): Promise<Settled | null> {
  const giveUpMs = ctx.now() + timing.readBackMs;
  for (;;) {
    const readFromMs = ctx.now();
    const observed = await tryReading(ctx, change);
    if (observed) {
      const isPastLanding = readFromMs > landedByMs;
      const outcome = judgeReadBack({ before, operation: change.operation, observed, write, isPastLanding });
      if (outcome) return { outcome, observed };
      if (write === 'accepted' && readFromMs >= giveUpMs) return { outcome: 'unconfirmed', observed };
    }
    if (ctx.signal.aborted) return null;
    await pause(timing.pollMs, undefined, { signal: ctx.signal }).catch(() => undefined);
  }
}

/** null: this time they could not be read. */
export async function tryReading(
  ctx: Ctx,
  { namespace, taskQueue }: Pick<Change, 'namespace' | 'taskQueue'>,
): Promise<VersionSets | null> {
  try {
    return await ctx.temporal.getVersionSets({ namespace, taskQueue }, { signal: ctx.signal });
  } catch (error) {
    if (isCodedError(error)) return null;
    throw error;
  }
}
