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
  // Changed in place: ten thousand histories are folded in seconds, event by event.
  const facts: { -readonly [Key in keyof RunFacts]: RunFacts[Key] } = { ...known };
  const markers: PatchMarker[] = [...known.markers];
  const unreadable: UnreadableMarker[] = [...known.unreadable];
  let labels: readonly string[] = known.labels;
  const tasks: TaskFact[] = [...known.tasks];

  /** A worker that fails a task, or loses it to a timeout, leaves nothing in the run. */
  function dropUncompletedTask(): void {
    if (tasks.at(-1)?.completedEventId === null) tasks.pop();
  }

  function addTask(task: Pick<TaskFact, 'completedEventId' | 'startedEventId' | 'timeMs' | 'worker'>): void {
    dropUncompletedTask();
    const { taskQueue, sdkName, sdkVersion } = facts;
    const { completedEventId, startedEventId, timeMs, worker } = task;
    tasks.push({ completedEventId, startedEventId, timeMs, taskQueue: taskQueue ?? '', worker, sdkName, sdkVersion });
  }

  function add(event: HistoryEvent): void {
    facts.lastEventId = Math.max(facts.lastEventId, event.eventId);
    switch (event.type) {
      case 'workflow-execution-started':
        facts.workflowId = event.workflowId;
        facts.runId = event.originalRunId;
        facts.workflowType = event.workflowType;
        facts.taskQueue = event.taskQueue;
        facts.startTimeMs = event.timeMs;
        facts.endsByMs = endOf(event);
        facts.pinnedByWorker = event.inheritedPin ?? null;
        facts.versioningOverride = event.versioningOverride ?? null;
        break;
      case 'workflow-task-scheduled':
        dropUncompletedTask();
        // A run's tasks all belong to the queue it started on; a history without its start is known by its tasks.
        facts.taskQueue ??= event.taskQueue;
        break;
      case 'workflow-task-started': {
        const { eventId, timeMs, worker } = event;
        addTask({ completedEventId: null, startedEventId: eventId, timeMs, worker });
        break;
      }
      case 'workflow-task-completed': {
        const { eventId, timeMs, worker, sdk, startedEventId, isPinned } = event;
        facts.sdkName = sdk.name ?? facts.sdkName;
        facts.sdkVersion = sdk.version ?? facts.sdkVersion;
        facts.nondeterminismFailure = null;
        facts.pinnedByWorker = isPinned === true ? worker.deploymentVersion : null;
        addTask({ completedEventId: eventId, startedEventId, timeMs, worker });
        break;
      }
      case 'workflow-task-failed':
        dropUncompletedTask();
        if (isReset(event)) Object.assign(facts, restart(facts, event));
        else if (isNondeterminism(event)) facts.nondeterminismFailure = failureOf(event);
        break;
      case 'marker-recorded': {
        const decoded = decodeMarker(event);
        if (decoded === null) break;
        if ('marker' in decoded) markers.push(decoded.marker);
        else unreadable.push(decoded.unreadable);
        break;
      }
      case 'search-attributes-upserted':
        if (event.changeVersion) labels = [...new Set([...labels, ...decodeLabels(event.changeVersion)])];
        break;
      case 'options-updated':
        facts.versioningOverride = event.versioningOverride;
        break;
      case 'workflow-execution-closed':
        facts.isClosed = true;
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
      labels,
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
function restart(
  { startTimeMs, endsByMs }: Pick<RunFacts, 'startTimeMs' | 'endsByMs'>,
  reset: FailedTask,
): Partial<RunFacts> {
  const lastsMs = endsByMs === null || startTimeMs === null ? null : endsByMs - startTimeMs;
  return {
    runId: reset.newRunId,
    startTimeMs: reset.timeMs,
    endsByMs: lastsMs === null ? null : reset.timeMs + lastsMs,
    nondeterminismFailure: null,
  };
}
