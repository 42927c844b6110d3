import type { z } from 'zod';
import type { buildIdSchema, PollerItem, TaskQueue, VersionSetItem } from '#lib/api/task-queues/schemas.ts';
import {
  countWorkers,
  lastPollMs,
  pollersOfBuild,
  unregisteredPollers,
  unversionedPollers,
} from '#lib/domain/task-queues/pollers.ts';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import type { VersionSet } from '#lib/domain/version-sets/types.ts';
import type { QueueReading } from '#server/usecases/task-queues/read-queue.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

type BuildIdItem = z.infer<typeof buildIdSchema>;

/** Queue default first, as readers look for it; inside a set the server's order, set default last. */
export function setItems(reading: QueueReading): VersionSetItem[] {
  const { sets } = reading.sets;
  return sets
    .map((set, index) => ({
      isQueueDefault: index === sets.length - 1,
      openRuns: reading.openRuns.perSet[index] ?? null,
      buildIds: set.buildIds.map((buildId, at) => buildItem(reading, set, buildId, at === set.buildIds.length - 1)),
    }))
    .toReversed();
}

function buildItem(reading: QueueReading, set: VersionSet, buildId: string, isSetDefault: boolean): BuildIdItem {
  const { perBuild, perSet } = reading.openRuns;
  const tally = perBuild?.get(buildId);
  const pollers = pollersOfBuild(reading.pollers, buildId);
  // Without a picture only sets are counted; a set's only build touched exactly the set's runs.
  const isAlone = set.buildIds.length === 1;
  const counted = isAlone ? (perSet[reading.sets.sets.indexOf(set)] ?? null) : null;
  return {
    buildId,
    isSetDefault,
    openRunsTouched: perBuild ? (tally?.openRuns ?? 0) : counted,
    oldestOpenStart: timestampOf(tally?.oldestStartMs ?? null),
    pollers: countWorkers(pollers),
    lastPollAt: timestampOf(lastPollMs(pollers)),
    reachability: null,
  };
}

export function unversionedItem({ openRuns, pollers, sets }: QueueReading): TaskQueue['unversioned'] {
  const plain = unversionedPollers(pollers);
  return {
    openRuns: openRuns.unversioned,
    pollers: countWorkers(plain),
    lastPollAt: timestampOf(lastPollMs(plain)),
    unregistered: unregisteredPollers(pollers, sets).map(pollerItem),
  };
}

export function pollerItem(poller: Poller): PollerItem {
  const { lastPollMs: atMs, ...rest } = poller;
  return { ...rest, lastPollAt: timestampOf(atMs) };
}
