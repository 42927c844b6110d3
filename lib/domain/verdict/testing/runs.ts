import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunFacts, TaskFact } from '#lib/domain/census/types.ts';
import type { PatchMarker } from '#lib/domain/patches/types.ts';
import type { Evidence } from '#lib/domain/verdict/types.ts';

/** Short ways to write runs in tests; nothing here judges. */

export const TYPESCRIPT_HASHED = `@temporalio/worker@1.24.0+${'a1'.repeat(32)}`;

export function task(
  changes: Partial<TaskFact> & { buildId?: string | null; deploymentVersion?: string } = {},
): TaskFact {
  const { buildId = 'v1', deploymentVersion = null, ...rest } = changes;
  return {
    completedEventId: 4,
    startedEventId: 3,
    timeMs: 1_000,
    taskQueue: 'queue',
    worker: { buildId, useVersioning: false, deploymentVersion },
    sdkName: 'temporal-python',
    ...rest,
  };
}

export function coreMarker(id: string, deprecated: boolean, changes: Partial<PatchMarker> = {}): PatchMarker {
  return { ...place, kind: 'core', id, deprecated, version: null, ...changes };
}

export function versionMarker(id: string, version: number, changes: Partial<PatchMarker> = {}): PatchMarker {
  return { ...place, kind: 'version', id, deprecated: null, version, ...changes };
}

const place = { eventId: 5, timeMs: 1_000, workflowTaskCompletedEventId: 4 };

interface RunChanges extends Partial<RunFacts> {
  readonly type?: string;
  readonly startMs?: number;
  readonly runLabels?: readonly string[];
  /** The history was not read. */
  readonly isUnread?: boolean;
}

export function run(runId: string, changes: RunChanges = {}): CensusRun {
  const { type = 'T', startMs = 1_000, runLabels = [], isUnread = false, ...facts } = changes;
  return {
    summary: {
      workflowId: `workflow-${runId}`,
      runId,
      workflowType: type,
      taskQueue: 'queue',
      startTimeMs: startMs,
      closeTimeMs: null,
      buildIds: [],
      labels: runLabels,
    },
    facts: isUnread ? null : { ...emptyFacts, workflowType: type, ...facts },
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
  lastEventId: 10,
  isClosed: false,
  nondeterminismFailure: null,
};

export function evidence(runs: readonly CensusRun[], changes: Partial<Evidence> = {}): Evidence {
  return {
    question: { name: 'remove' },
    patchId: 'my-patch',
    workflowType: null,
    runs,
    isListComplete: true,
    unreadCode: 'not-read-yet',
    unreadableRunIds: new Set(),
    rememberedTypes: null,
    trust: { areBuildIdsDeclared: false },
    ...changes,
  };
}
