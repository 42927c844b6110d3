import type { TaskQueue } from '#lib/api/task-queues/schemas.ts';
import { isCodedError } from '#server/errors.ts';
import { noticeReading } from '#server/usecases/changes/notice-reading.ts';
import { digestOf } from '#server/usecases/task-queues/digest.ts';
import { pictureOf } from '#server/usecases/task-queues/picture.ts';
import { type QueueReading, readQueue } from '#server/usecases/task-queues/read-queue.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';
import { pollerItem, setItems, unversionedItem } from '#server/usecases/task-queues/to-wire.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** One queue in full. Throws `CodedError`; a queue without sets, runs and workers is answered as an empty one. */
export async function getTaskQueue(
  ctx: Ctx,
  { namespace, name }: { namespace: string; name: string },
): Promise<TaskQueue> {
  const readFromMs = ctx.now();
  const reading = await readQueue(ctx, namespace, name);
  if (isAnythingThere(reading)) {
    await remember(ctx, namespace, name);
    if (reading.family === 'on')
      await noticeReading(ctx, { namespace, taskQueue: name, sets: reading.sets, readFromMs });
  }
  return {
    name,
    asOf: timestampOf(ctx.now()),
    digest: digestOf(reading.sets),
    versionSets: setItems(reading),
    unversioned: unversionedItem(reading),
    pollers: reading.pollers.map(pollerItem),
    family: reading.family,
    picture: pictureOf(ctx.census.snapshot(namespace)),
  };
}

/** A mistyped name must not join the list of queues. */
function isAnythingThere({ sets, pollers, openRuns }: QueueReading): boolean {
  return sets.sets.length > 0 || pollers.length > 0 || (openRuns.unversioned ?? 0) > 0;
}

/** Temporal lists no queues: one opened by name is kept. What cannot be kept must not fail the page. */
async function remember(ctx: Ctx, namespace: string, name: string): Promise<void> {
  try {
    await ctx.store.rememberTaskQueues(namespace, [name], ctx.now());
  } catch (error) {
    if (!isCodedError(error)) throw error;
    ctx.log.warn({ code: error.code, namespace }, 'task queue not remembered');
  }
}
