import type { RunFacts, TaskFact } from '#lib/domain/census/types.ts';
import type { HistoryEvent } from '#lib/domain/history/events.ts';
import { type FailedTask, isNondeterminism, isReset } from '#lib/domain/history/task-failures.ts';
import { decodeLabels } from '#lib/domain/patches/decode-labels.ts';
import { decodeMarker } from '#lib/domain/patches/decode-marker.ts';
import type { PatchMarker, UnreadableMarker } from '#lib/domain/patches/types.ts';

/** Folds one history, event by event in order of id, into what a run's verdict needs. Memory grows with tasks and markers only. */
export interface RunFold {
  readonly add: (event: HistoryEvent) => void;
  /** The facts up to the last event added; the fold may go on afterwards. */
  readonly finish: () => RunFacts;
}

const NOTHING_READ: RunFacts = {
  workflowId: null,
  runId: null,
  workflowType: null,
  taskQueue: null,
  startTimeMs: null,
  sdkName: null,
  sdkVersion: null,
  markers: [],
  unreadable: [],
  labels: [],
  tasks: [],
  endsByMs: null,
  pinnedByWorker: null,
  versioningOverride: null,
  lastEventId: 0,
  isClosed: false,
  nondeterminismFailure: null,
};

export function createRunFold(): RunFold {
  return foldFrom(NOTHING_READ);
}

/** Facts known before, and the events that came after: the same as folding the whole history at once. */
export function continueRunFacts(facts: RunFacts, laterEvents: Iterable<HistoryEvent>): RunFacts {
  const fold = foldFrom(facts);
  for (const event of laterEvents) fold.add(event);
  return fold.finish();
}

/** All state is in the facts themselves: that is what lets a later reading go on from remembered ones. */
function foldFrom(known: RunFacts): RunFold {
  let facts: Omit<RunFacts, 'markers' | 'unreadable' | 'labels' | 'tasks'> = known;
  const markers: PatchMarker[] = [...known.markers];
  const unreadable: UnreadableMarker[] = [...known.unreadable];
  const labels = new Set(known.labels);
  const tasks: TaskFact[] = [...known.tasks];

  /** A worker that fails a task, or loses it to a timeout, leaves nothing in the run. */
  function dropUncompletedTask(): void {
    if (tasks.at(-1)?.completedEventId === null) tasks.pop();
  }

  function add(event: HistoryEvent): void {
    facts = { ...facts, lastEventId: Math.max(facts.lastEventId, event.eventId) };
    switch (event.type) {
      case 'workflow-execution-started':
        facts = {
          ...facts,
          workflowId: event.workflowId,
          runId: event.originalRunId,
          workflowType: event.workflowType,
          taskQueue: event.taskQueue,
          startTimeMs: event.timeMs,
          endsByMs: endOf(event),
          pinnedByWorker: event.inheritedPin ?? null,
          versioningOverride: event.versioningOverride ?? null,
        };
        break;
      case 'workflow-task-scheduled':
        dropUncompletedTask();
        // A run's tasks all belong to the queue it started on; a history without its start is known by its tasks.
        facts = { ...facts, taskQueue: facts.taskQueue ?? event.taskQueue };
        break;
      case 'workflow-task-started':
        dropUncompletedTask();
        tasks.push({
          completedEventId: null,
          startedEventId: event.eventId,
          timeMs: event.timeMs,
          taskQueue: facts.taskQueue ?? '',
          worker: event.worker,
          sdkName: facts.sdkName,
          sdkVersion: facts.sdkVersion,
        });
        break;
      case 'workflow-task-completed':
        dropUncompletedTask();
        facts = {
          ...facts,
          sdkName: event.sdk.name ?? facts.sdkName,
          sdkVersion: event.sdk.version ?? facts.sdkVersion,
          nondeterminismFailure: null,
          pinnedByWorker: event.isPinned === true ? event.worker.deploymentVersion : null,
        };
        tasks.push({
          completedEventId: event.eventId,
          startedEventId: event.startedEventId,
          timeMs: event.timeMs,
          taskQueue: facts.taskQueue ?? '',
          worker: event.worker,
          sdkName: facts.sdkName,
          sdkVersion: facts.sdkVersion,
        });
        break;
      case 'workflow-task-failed':
        dropUncompletedTask();
        if (isReset(event)) facts = { ...facts, ...restart(facts, event) };
        else if (isNondeterminism(event)) facts = { ...facts, nondeterminismFailure: failureOf(event) };
        break;
      case 'marker-recorded': {
        const decoded = decodeMarker(event);
        if (decoded === null) break;
        if ('marker' in decoded) markers.push(decoded.marker);
        else unreadable.push(decoded.unreadable);
        break;
      }
      case 'search-attributes-upserted':
        if (event.changeVersion) for (const label of decodeLabels(event.changeVersion)) labels.add(label);
        break;
      case 'options-updated':
        facts = { ...facts, versioningOverride: event.versioningOverride };
        break;
      case 'workflow-execution-closed':
        facts = { ...facts, isClosed: true };
        break;
      case 'workflow-task-timed-out':
      case 'activity-scheduled':
      case 'child-workflow-initiated':
      case 'other':
        break;
    }
  }

  return {
    add,
    finish: () => ({
      ...facts,
      markers: [...markers],
      unreadable: [...unreadable],
      labels: [...labels],
      tasks: [...tasks],
    }),
  };
}

/** Messages hold whole stack traces: the beginning names the patch. */
const MESSAGE_MAX = 500;

function failureOf({ message, timeMs }: FailedTask): RunFacts['nondeterminismFailure'] {
  return { message: message.slice(0, MESSAGE_MAX), timeMs };
}

type StartedEvent = Extract<HistoryEvent, { type: 'workflow-execution-started' }>;

/**
 * The latest time by which Temporal ends the run: both timeouts count from the start plus the wait before the first task (server
 * `service/history/workflow/mutable_state_impl.go`, `ApplyWorkflowExecutionStartedEvent`).
 */
function endOf(event: StartedEvent): number | null {
  const timeouts = [event.runTimeoutMs, event.executionTimeoutMs].filter((timeout) => timeout !== null);
  return timeouts.length === 0 ? null : event.timeMs + (event.firstTaskBackoffMs ?? 0) + Math.min(...timeouts);
}

/** A reset run counts its timeouts anew from the reset (same file, `RefreshExpirationTimeoutTask`), and starts then. */
function restart({ startTimeMs, endsByMs }: Pick<RunFacts, 'startTimeMs' | 'endsByMs'>, reset: FailedTask) {
  const lastsMs = endsByMs === null || startTimeMs === null ? null : endsByMs - startTimeMs;
  return {
    runId: reset.newRunId,
    startTimeMs: reset.timeMs,
    endsByMs: lastsMs === null ? null : reset.timeMs + lastsMs,
    nondeterminismFailure: null,
  };
}
