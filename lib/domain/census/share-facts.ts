import type { Interner } from '#lib/domain/census/intern.ts';
import type { RunFacts, RunSummary, TaskFact } from '#lib/domain/census/types.ts';
import type { WorkerStamp } from '#lib/domain/history/events.ts';

/** A visibility listing's run, holding each name that runs have in common once. */
export function shareSummary(summary: RunSummary, interner: Interner): RunSummary {
  return {
    ...summary,
    workflowType: interner.text(summary.workflowType),
    taskQueue: interner.text(summary.taskQueue),
    buildIds: interner.list(summary.buildIds),
    labels: interner.list(summary.labels),
  };
}

/**
 * The same facts in less memory: common values are shared, and a stretch of tasks by one identity keeps its first, its last,
 * those that recorded a marker and those not completed. The verdict asks who completed tasks and in which order, never how many.
 */
export function shareFacts(facts: RunFacts, { workflowId, runId }: RunSummary, interner: Interner): RunFacts {
  return {
    ...facts,
    workflowId: facts.workflowId === workflowId ? workflowId : facts.workflowId,
    runId: facts.runId === runId ? runId : facts.runId,
    workflowType: interner.text(facts.workflowType),
    taskQueue: interner.text(facts.taskQueue),
    sdkName: interner.text(facts.sdkName),
    sdkVersion: interner.text(facts.sdkVersion),
    labels: interner.list(facts.labels),
    markers: orNone(facts.markers.map((marker) => ({ ...marker, id: interner.text(marker.id) }))),
    unreadable: orNone(facts.unreadable),
    tasks: keptTasks(facts).map((task) => ({
      ...task,
      taskQueue: interner.text(task.taskQueue),
      sdkName: interner.text(task.sdkName),
      sdkVersion: interner.text(task.sdkVersion),
      worker: interner.stamp(task.worker),
    })),
  };
}

const NONE: readonly never[] = [];

/** Most runs have none, and then they have the same one. */
function orNone<T>(values: readonly T[]): readonly T[] {
  return values.length === 0 ? NONE : values;
}

function keptTasks({ tasks, markers }: RunFacts): readonly TaskFact[] {
  // Two tasks or fewer are the first and the last.
  if (tasks.length <= 2) return tasks;
  const recording = new Set(markers.map((marker) => marker.workflowTaskCompletedEventId));
  return tasks.filter((task, index) => {
    if (task.completedEventId === null || recording.has(task.completedEventId)) return true;
    return !isSameIdentity(task, tasks[index - 1]) || !isSameIdentity(task, tasks[index + 1]);
  });
}

function isSameIdentity(task: TaskFact, other: TaskFact | undefined): boolean {
  return (
    other !== undefined &&
    task.taskQueue === other.taskQueue &&
    task.sdkName === other.sdkName &&
    task.sdkVersion === other.sdkVersion &&
    isSameStamp(task.worker, other.worker)
  );
}

function isSameStamp(left: WorkerStamp, right: WorkerStamp): boolean {
  return (
    left.buildId === right.buildId &&
    left.useVersioning === right.useVersioning &&
    left.deploymentVersion === right.deploymentVersion
  );
}
