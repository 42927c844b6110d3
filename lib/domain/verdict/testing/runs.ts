import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunFacts, TaskFact } from '#lib/domain/census/types.ts';
import type { PatchMarker } from '#lib/domain/patches/types.ts';

/** Short ways to write runs in tests; nothing here judges. Patch `my-patch`, type `T`, queue `queue`, Python, build `v1`. */

export const PATCH = 'my-patch';
export const TYPESCRIPT_HASHED = `@temporalio/worker@1.24.0+${'a1'.repeat(32)}`;
export const HOUR_MS = 3_600_000;

type TaskChanges = Partial<Omit<TaskFact, 'worker'>> & {
  readonly buildId?: string | null;
  readonly deploymentVersion?: string | null;
  readonly useVersioning?: boolean;
};

/** The first task of a run. */
export function task(changes: TaskChanges = {}): TaskFact {
  const { buildId = 'v1', deploymentVersion = null, useVersioning = false, ...rest } = changes;
  return {
    completedEventId: 4,
    startedEventId: 3,
    timeMs: 1_000,
    taskQueue: 'queue',
    worker: { buildId, useVersioning, deploymentVersion },
    sdkName: 'temporal-python',
    sdkVersion: '1.35.0',
    ...rest,
  };
}

/** One task after the other, a second and six events apart: each by a build, or as said. */
export function tasks(...each: readonly (string | TaskChanges)[]): readonly TaskFact[] {
  return each.map((one, index) =>
    task({
      startedEventId: 3 + 6 * index,
      completedEventId: completedAt(index),
      timeMs: 1_000 * (index + 1),
      ...(typeof one === 'string' ? { buildId: one } : one),
    }),
  );
}

/** Event id of the nth task's completion in `tasks`, from 0. */
export function completedAt(index: number): number {
  return 4 + 6 * index;
}

/** A task that somebody took and has not completed; after `before` others. */
export function startedTask(before: number, changes: TaskChanges = {}): TaskFact {
  return task({ startedEventId: 3 + 6 * before, timeMs: 1_000 * (before + 1), ...changes, completedEventId: null });
}

type Place = Pick<PatchMarker, 'eventId' | 'timeMs' | 'workflowTaskCompletedEventId'>;

/** Where a marker stands that the nth task of `tasks` wrote, as its `nth` command. */
export function at(index: number, nth = 0): Place {
  const completedEventId = completedAt(index);
  return {
    eventId: completedEventId + 1 + nth,
    timeMs: 1_000 * (index + 1),
    workflowTaskCompletedEventId: completedEventId,
  };
}

export function coreMarker(id: string, deprecated: boolean, changes: Partial<PatchMarker> = {}): PatchMarker {
  return { ...at(0), kind: 'core', id, deprecated, version: null, ...changes };
}

export function versionMarker(id: string, version: number, changes: Partial<PatchMarker> = {}): PatchMarker {
  return { ...at(0), kind: 'version', id, deprecated: null, version, ...changes };
}

/** Of `my-patch`, written by the first task. */
export const live = coreMarker(PATCH, false);
export const deprecated = coreMarker(PATCH, true);

interface RunChanges extends Partial<RunFacts> {
  readonly type?: string;
  readonly queue?: string;
  readonly startMs?: number;
  /** Closed as visibility says. */
  readonly closeMs?: number;
  readonly runLabels?: readonly string[];
  readonly buildIds?: readonly string[];
  /** The history was not read. */
  readonly isUnread?: boolean;
}

export function run(runId: string, changes: RunChanges = {}): CensusRun {
  const { type = 'T', queue = 'queue', startMs = 1_000, closeMs = null, ...others } = changes;
  const { runLabels = [], buildIds = [], isUnread = false, ...facts } = others;
  return {
    summary: {
      workflowId: `workflow-${runId}`,
      runId,
      workflowType: type,
      taskQueue: queue,
      startTimeMs: startMs,
      closeTimeMs: closeMs,
      buildIds,
      labels: runLabels,
    },
    facts: isUnread
      ? null
      : { ...emptyFacts, workflowType: type, taskQueue: queue, isClosed: closeMs !== null, ...facts },
    factsReadMs: isUnread ? null : 2_000,
  };
}

const emptyFacts: RunFacts = {
  workflowId: null,
  runId: null,
  workflowType: null,
  taskQueue: 'queue',
  startTimeMs: 1_000,
  sdkName: 'temporal-python',
  sdkVersion: '1.35.0',
  markers: [],
  unreadable: [],
  labels: [],
  tasks: [task()],
  endsByMs: null,
  pinnedByWorker: null,
  versioningOverride: null,
  lastEventId: 100,
  isClosed: false,
  nondeterminismFailure: null,
};
