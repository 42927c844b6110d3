import proto, { type temporal } from '@temporalio/proto';
import type { ClosedStatus, HistoryEvent, RawPayload, RunRef } from '#lib/domain/history/events.ts';
import { toRawPayload } from '#server/temporal/mappers/payload.ts';
import { enumNames, limitMs, textOrNull, timestampMs, toNumber } from '#server/temporal/mappers/scalars.ts';
import { deploymentOf, overrideOf, stampOf, versionText } from '#server/temporal/mappers/worker-stamp.ts';

type Event = temporal.api.history.v1.HistoryEvent.$Properties;
type Started = temporal.api.history.v1.WorkflowExecutionStartedEventAttributes.$Properties;
type Mapper = (event: Event, eventId: number, timeMs: number) => HistoryEvent | null;

const { EventType, TimeoutType, WorkflowTaskFailedCause } = proto.temporal.api.enums.v1;
const PINNED = proto.temporal.api.enums.v1.VersioningBehavior.VERSIONING_BEHAVIOR_PINNED;
const TYPE_NAMES = enumNames(EventType, 'EVENT_TYPE_');
const TIMEOUT_NAMES = enumNames(TimeoutType, 'TIMEOUT_TYPE_');
/** Who terminates a run that is reset, as 1.29.1 and 1.32.0 write it: the old run names the new one nowhere else. */
const RESETTER = 'history-resetter';
const CAUSE_NAMES = enumNames(WorkflowTaskFailedCause, 'WORKFLOW_TASK_FAILED_CAUSE_');

/** One event of a history (`temporal/api/history/v1/message.proto`). One object an event: histories are read by the million. */
export function toHistoryEvent(event: Event): HistoryEvent {
  const eventId = toNumber(event.eventId);
  const timeMs = timestampMs(event.eventTime) ?? 0;
  const type = event.eventType ?? 0;
  return (
    MAPPERS[type]?.(event, eventId, timeMs) ?? {
      type: 'other',
      eventId,
      timeMs,
      name: TYPE_NAMES.get(type) ?? String(type),
    }
  );
}

const started: Mapper = ({ workflowExecutionStartedEventAttributes: its }, eventId, timeMs) =>
  its
    ? {
        type: 'workflow-execution-started',
        eventId,
        timeMs,
        workflowType: its.workflowType?.name ?? '',
        taskQueue: its.taskQueue?.name ?? '',
        runTimeoutMs: limitMs(its.workflowRunTimeout),
        executionTimeoutMs: limitMs(its.workflowExecutionTimeout),
        ...backoffOf(its.firstWorkflowTaskBackoff),
        continuedFromRunId: textOrNull(its.continuedExecutionRunId),
        workflowId: textOrNull(its.workflowId),
        originalRunId: textOrNull(its.originalExecutionRunId),
        ...originOf(its),
        ...pinningOf(its),
      }
    : null;

/** Absent when the first task is scheduled at once, as in history files. */
function backoffOf(value: Parameters<typeof limitMs>[0]): { firstTaskBackoffMs?: number } {
  const firstTaskBackoffMs = limitMs(value);
  return firstTaskBackoffMs === null ? {} : { firstTaskBackoffMs };
}

/** Who started the run, and whose version set it began in. */
function originOf(its: Started): { parent?: RunRef; inheritedBuildId?: string } {
  const { parentWorkflowExecution: execution, parentWorkflowNamespace: namespace, sourceVersionStamp: stamp } = its;
  const inheritedBuildId = stamp?.useVersioning === true ? textOrNull(stamp.buildId) : null;
  return {
    ...(execution?.workflowId && {
      parent: { namespace: namespace ?? '', workflowId: execution.workflowId, runId: execution.runId ?? '' },
    }),
    ...(inheritedBuildId !== null && { inheritedBuildId }),
  };
}

/** A run may begin pinned: by an override of its start, or as its parent or the run before it was. */
function pinningOf(its: Started): { inheritedPin?: string; versioningOverride?: string } {
  const inheritedPin = versionText(its.inheritedPinnedVersion);
  const versioningOverride = overrideOf(its.versioningOverride);
  return { ...(inheritedPin && { inheritedPin }), ...(versioningOverride && { versioningOverride }) };
}

const optionsUpdated: Mapper = ({ workflowExecutionOptionsUpdatedEventAttributes: its }, eventId, timeMs) => {
  // The event also tells of other options (callbacks, priority): these leave the override as it is.
  if (!its || (!its.versioningOverride && its.unsetVersioningOverride !== true)) return null;
  return { type: 'options-updated', eventId, timeMs, versioningOverride: overrideOf(its.versioningOverride) };
};

const taskScheduled: Mapper = ({ workflowTaskScheduledEventAttributes: its }, eventId, timeMs) =>
  its
    ? {
        type: 'workflow-task-scheduled',
        eventId,
        timeMs,
        taskQueue: its.taskQueue?.normalName || its.taskQueue?.name || '',
      }
    : null;

const taskStarted: Mapper = ({ workflowTaskStartedEventAttributes: its }, eventId, timeMs) =>
  its
    ? {
        type: 'workflow-task-started',
        eventId,
        timeMs,
        identity: its.identity ?? '',
        worker: stampOf(its.workerVersion, null),
      }
    : null;

const taskCompleted: Mapper = ({ workflowTaskCompletedEventAttributes: its }, eventId, timeMs) =>
  its
    ? {
        type: 'workflow-task-completed',
        eventId,
        timeMs,
        identity: its.identity ?? '',
        worker: stampOf(its.workerVersion, deploymentOf(its)),
        sdk: { name: textOrNull(its.sdkMetadata?.sdkName), version: textOrNull(its.sdkMetadata?.sdkVersion) },
        startedEventId: toNumber(its.startedEventId),
        ...(its.versioningBehavior === PINNED && { isPinned: true }),
      }
    : null;

const taskFailed: Mapper = ({ workflowTaskFailedEventAttributes: its }, eventId, timeMs) =>
  its
    ? {
        type: 'workflow-task-failed',
        eventId,
        timeMs,
        cause: CAUSE_NAMES.get(its.cause ?? 0) ?? String(its.cause),
        message: its.failure?.message ?? '',
        newRunId: textOrNull(its.newRunId),
        ...(its.baseRunId && { baseRunId: its.baseRunId }),
      }
    : null;

const taskTimedOut: Mapper = ({ workflowTaskTimedOutEventAttributes: its }, eventId, timeMs) =>
  its
    ? {
        type: 'workflow-task-timed-out',
        eventId,
        timeMs,
        timeout: TIMEOUT_NAMES.get(its.timeoutType ?? 0) ?? String(its.timeoutType),
      }
    : null;

const activityScheduled: Mapper = ({ activityTaskScheduledEventAttributes: its }, eventId, timeMs) =>
  its
    ? {
        type: 'activity-scheduled',
        eventId,
        timeMs,
        activityType: its.activityType?.name ?? '',
        taskQueue: its.taskQueue?.name ?? '',
        keepsBuild: its.useWorkflowBuildId === true,
      }
    : null;

const childInitiated: Mapper = ({ startChildWorkflowExecutionInitiatedEventAttributes: its }, eventId, timeMs) =>
  its
    ? {
        type: 'child-workflow-initiated',
        eventId,
        timeMs,
        workflowType: its.workflowType?.name ?? '',
        taskQueue: its.taskQueue?.name ?? '',
        keepsBuild: its.inheritBuildId === true,
      }
    : null;

const marker: Mapper = ({ markerRecordedEventAttributes: its }, eventId, timeMs) => {
  if (!its) return null;
  const details: Readonly<Record<string, readonly RawPayload[]>> = Object.fromEntries(
    Object.entries(its.details ?? {}).map(([key, { payloads }]) => [key, payloads?.map(toRawPayload) ?? []]),
  );
  return {
    type: 'marker-recorded',
    eventId,
    timeMs,
    markerName: its.markerName ?? '',
    details,
    workflowTaskCompletedEventId: toNumber(its.workflowTaskCompletedEventId),
  };
};

const attributesUpserted: Mapper = ({ upsertWorkflowSearchAttributesEventAttributes: its }, eventId, timeMs) => {
  if (!its) return null;
  const changeVersion = its.searchAttributes?.indexedFields?.TemporalChangeVersion;
  return {
    type: 'search-attributes-upserted',
    eventId,
    timeMs,
    changeVersion: changeVersion ? toRawPayload(changeVersion) : null,
    workflowTaskCompletedEventId: toNumber(its.workflowTaskCompletedEventId),
  };
};

/** @param newRunId where this kind of end names the run that follows */
function closed(status: ClosedStatus, newRunId: (event: Event) => string | null | undefined = () => null): Mapper {
  return (event, eventId, timeMs) => ({
    type: 'workflow-execution-closed',
    eventId,
    timeMs,
    status,
    newRunId: textOrNull(newRunId(event)),
  });
}

const terminated: Mapper = (event, eventId, timeMs) => ({
  type: 'workflow-execution-closed',
  eventId,
  timeMs,
  status: 'terminated',
  newRunId: null,
  ...(event.workflowExecutionTerminatedEventAttributes?.identity === RESETTER && { isByReset: true }),
});

const continuedAsNew: Mapper = ({ workflowExecutionContinuedAsNewEventAttributes: its }, eventId, timeMs) => ({
  type: 'workflow-execution-closed',
  eventId,
  timeMs,
  status: 'continued-as-new',
  newRunId: textOrNull(its?.newExecutionRunId),
  ...(its && { next: { taskQueue: its.taskQueue?.name ?? '', keepsBuild: its.inheritBuildId === true } }),
});

const MAPPERS: Readonly<Partial<Record<number, Mapper>>> = {
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED]: started,
  [EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED]: taskScheduled,
  [EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED]: taskStarted,
  [EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED]: taskCompleted,
  [EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED]: taskFailed,
  [EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT]: taskTimedOut,
  [EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED]: activityScheduled,
  [EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED]: childInitiated,
  [EventType.EVENT_TYPE_MARKER_RECORDED]: marker,
  [EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES]: attributesUpserted,
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED]: optionsUpdated,
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED]: closed(
    'completed',
    (event) => event.workflowExecutionCompletedEventAttributes?.newExecutionRunId,
  ),
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED]: closed(
    'failed',
    (event) => event.workflowExecutionFailedEventAttributes?.newExecutionRunId,
  ),
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT]: closed(
    'timed-out',
    (event) => event.workflowExecutionTimedOutEventAttributes?.newExecutionRunId,
  ),
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED]: closed('canceled'),
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED]: terminated,
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW]: continuedAsNew,
};
