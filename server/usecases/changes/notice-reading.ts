import { isCodedError } from '#server/errors.ts';
import type { SetsReading } from '#server/usecases/changes/judge-reading.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** Compares a reading with the newest state seen. What the store cannot take must fail neither a page nor a change. */
export async function noticeReading(ctx: Ctx, { namespace, taskQueue, sets, readFromMs }: SetsReading): Promise<void> {
  try {
    await ctx.changes.noticeReading({ namespace, taskQueue, sets, readFromMs });
  } catch (error) {
    if (!isCodedError(error)) throw error;
    ctx.log.warn({ code: error.code, namespace, taskQueue }, 'sets not compared with what was seen');
  }
}
