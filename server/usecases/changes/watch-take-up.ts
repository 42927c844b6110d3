import { setTimeout as pause } from 'node:timers/promises';
import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import { lastPollMs, takesRunsOf } from '#lib/domain/task-queues/pollers.ts';
import { isCodedError } from '#server/errors.ts';
import type { ChangeTiming } from '#server/usecases/changes/timing.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

/** Under which id the workbench knows the watch of a change. */
export function takeUpWork(changeId: string): string {
  return `take-up ${changeId}`;
}

/** Starts the watch of a stored change whose take-up is not known yet. It outlives whoever asked. */
export function watchIfStored(ctx: Ctx, change: ChangeDetail, timing: ChangeTiming): void {
  const { stored, takenUp } = change;
  if (stored.is !== true || takenUp.is !== null || takenUp.buildId === null) return;
  ctx.changes.workbench.start(takeUpWork(change.id), (signal) => watchTakeUp({ ...ctx, signal }, change, timing));
}

/**
 * Watches, after a stored change, for a worker of the affected default that polls. Polls are compared with the last one seen in a
 * first listing after the write, never with our clock: the times are Temporal's, and its clock may differ.
 */
async function watchTakeUp(ctx: Ctx, change: ChangeDetail, timing: ChangeTiming): Promise<void> {
  const { buildId } = change.takenUp;
  if (buildId === null) return;
  const untilMs = ctx.now() + timing.takeUpMs;
  let first: number | undefined;
  while (!ctx.signal.aborted) {
    const last = await lastPollOf(ctx, change, buildId);
    if (last !== undefined) {
      first ??= last;
      if (last > first) return record(ctx, change, true, last);
    }
    if (ctx.now() >= untilMs) return record(ctx, change, false, ctx.now());
    await pause(timing.takeUpPollMs, undefined, { signal: ctx.signal }).catch(() => undefined);
  }
}

/** Temporal's time of the build's newest poll; 0: no worker polls with it. Undefined: this time it could not be asked. */
async function lastPollOf(ctx: Ctx, change: ChangeDetail, buildId: string): Promise<number | undefined> {
  const { namespace, taskQueue } = change;
  try {
    const pollers = await ctx.temporal.listPollers({ namespace, taskQueue }, { signal: ctx.signal });
    return lastPollMs(pollers.filter((poller) => takesRunsOf(poller, buildId))) ?? 0;
  } catch (error) {
    if (isCodedError(error)) return undefined;
    throw error;
  }
}

async function record(ctx: Ctx, change: ChangeDetail, is: boolean, atMs: number): Promise<void> {
  await ctx.changes.recordTakeUp(change, { is, at: timestampOf(atMs) });
}
