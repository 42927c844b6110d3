import { setTimeout as pause } from 'node:timers/promises';
import { isCodedError } from '#server/errors.ts';
import { noticeReading } from '#server/usecases/changes/notice-reading.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** A change made elsewhere is noticed within this, also while nobody looks at the queue. */
const ROUND_MS = 60_000;
/** At most so many queues a round, the longest unread first; the calls are cheap and spread, five a second. */
const QUEUES_MAX = 200;
const BETWEEN_MS = 200;

/** Reads the sets of every queue that Patchboard has seen, again and again until the ledger stops. */
export function startWatchingQueues(ctx: Ctx, roundMs = ROUND_MS): void {
  ctx.changes.workbench.start('watching-queues', async (signal) => {
    const own = { ...ctx, signal };
    while (!signal.aborted) {
      for (const namespace of namespacesOf(ctx)) await readSeen(own, namespace);
      await pause(roundMs, undefined, { signal }).catch(() => undefined);
    }
  });
}

function namespacesOf({ config }: Ctx): ReadonlySet<string> {
  return new Set([config.temporal.namespace, ...config.namespaces]);
}

async function readSeen(ctx: Ctx, namespace: string): Promise<void> {
  try {
    const seen = await ctx.changes.listSeen(namespace);
    const oldest = seen.toSorted((left, right) => left.seenMs - right.seenMs).slice(0, QUEUES_MAX);
    for (const { taskQueue } of oldest) {
      if (ctx.signal.aborted) return;
      const readFromMs = ctx.now();
      const sets = await ctx.temporal.getVersionSets({ namespace, taskQueue }, { signal: ctx.signal });
      await noticeReading(ctx, { namespace, taskQueue, sets, readFromMs });
      await pause(BETWEEN_MS, undefined, { signal: ctx.signal }).catch(() => undefined);
    }
  } catch (error) {
    // Temporal away, or version sets off: the next round tries again.
    if (!isCodedError(error)) throw error;
    ctx.log.debug({ code: error.code, namespace }, 'queues not read for changes made elsewhere');
  }
}
