import { setTimeout as pause } from 'node:timers/promises';
import { judgeReadBack, type ReadBack } from '#lib/domain/change-plan/judge-read-back.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import { isCodedError } from '#server/errors.ts';
import type { ChangeTiming } from '#server/usecases/changes/timing.ts';
import type { Ctx } from '#server/usecases/context.ts';

export interface Settled {
  readonly outcome: 'verified' | 'superseded' | 'not-applied' | 'unconfirmed';
  /** The last sets that could be read after the write; null: none. */
  readonly observed: VersionSets | null;
}

type Written = Pick<ReadBack, 'before' | 'operation' | 'write'> & {
  readonly namespace: string;
  readonly taskQueue: string;
  /** When the attempt began, epoch ms. */
  readonly sentMs: number;
};

/** Reads the sets again and again until they tell how the write ended, or time is up. Readings that fail are repeated. */
export async function readBack(ctx: Ctx, written: Written, timing: ChangeTiming): Promise<Settled> {
  const landedByMs = written.sentMs + timing.writeDeadlineMs + timing.landingGraceMs;
  const limitMs = ctx.now() + timing.readBackMs;
  // A lost reply is worth waiting for the moment from which on "not there" means "not applied".
  const giveUpMs = written.write === 'unclear' ? Math.max(limitMs, landedByMs + timing.pollMs) : limitMs;
  let observed: VersionSets | null = null;
  for (;;) {
    const isPastLanding = ctx.now() > landedByMs;
    const reading = await tryReading(ctx, written);
    if (reading) {
      observed = reading;
      const outcome = judgeReadBack({ ...written, observed, isPastLanding });
      if (outcome) return { outcome, observed };
    }
    if (ctx.now() >= giveUpMs || ctx.signal.aborted) return { outcome: 'unconfirmed', observed };
    await pause(timing.pollMs, undefined, { signal: ctx.signal }).catch(() => undefined);
  }
}

async function tryReading(ctx: Ctx, { namespace, taskQueue }: Written): Promise<VersionSets | null> {
  try {
    return await ctx.temporal.getVersionSets({ namespace, taskQueue }, { signal: ctx.signal });
  } catch (error) {
    if (isCodedError(error)) return null;
    throw error;
  }
}
