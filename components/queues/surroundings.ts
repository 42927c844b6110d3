import type { ChangeItem } from '#lib/api/changes/schemas.ts';
import type { TaskQueue, TaskQueueList, VersionSetItem } from '#lib/api/task-queues/schemas.ts';
import { isInVain, timeOf } from '#lib/format/history-words.ts';
import type { SetSurroundings } from '#lib/format/queue-words.ts';

/**
 * So long after a set gave up the queue default a new run may still turn up on it: the time that Temporal itself allows for it when it tells
 * reachability (`frontend.reachabilityQuerySetDurationSinceDefault`).
 */
const RUNS_ARRIVE_WITHIN_MS = 5 * 60_000;

interface Around {
  readonly queue: TaskQueue;
  /** All queues of the namespace; undefined: not read. */
  readonly list: TaskQueueList | undefined;
  /** The queue's newest changes; undefined: not read. */
  readonly changes: readonly ChangeItem[] | undefined;
}

/** What beyond its own runs decides whether a set is still needed. What is not known stays null. */
export function surroundingsOf(set: VersionSetItem, around: Around): SetSurroundings {
  return { queuesThatMaySend: queuesThatMaySend(set, around), isLongSo: isLongSo(around) };
}

function queuesThatMaySend(set: VersionSetItem, { queue, list }: Around): number | null {
  if (list === undefined || list.nextCursor !== null || list.picture.to === null || !list.picture.isListComplete)
    return null;
  const ids = new Set(set.buildIds.map((build) => build.buildId));
  return list.items.filter(
    ({ name, builds }) =>
      name !== queue.name && builds.some((build) => build.isVersioned && build.openRuns > 0 && ids.has(build.buildId)),
  ).length;
}

function isLongSo({ queue: { picture, asOf }, changes }: Around): boolean | null {
  if (changes === undefined) return null;
  const last = changes.find((item) => !isInVain(item));
  if (last === undefined) return true;
  if (last.kind === 'change' && last.endedAt === null) return false;
  // A whole picture counts runs as they were when its reading began; without one they are counted for the answer.
  const countedMs = Date.parse(picture.isListComplete && picture.from !== null ? picture.from : asOf);
  const lastMs = Date.parse(last.kind === 'change' ? (last.endedAt ?? last.startedAt) : timeOf(last));
  return countedMs - lastMs >= RUNS_ARRIVE_WITHIN_MS;
}
