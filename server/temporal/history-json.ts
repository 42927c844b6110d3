import type { ClosedStatus, HistoryEvent, RawPayload, WorkerStamp } from '#lib/domain/history/events.ts';
import { isJsonObject, parseExactJson, parseStrictJson } from '#lib/domain/patches/strict-json.ts';
import {
  enumName,
  EVENT_TYPE_NUMBERS,
  eventTypeName,
  isReadEventType,
  type ReadEventType,
} from '#server/temporal/history-json-enums.ts';
import {
  durationField,
  eventIdField,
  field,
  type JsonObject,
  messageField,
  textField,
  timeField,
} from '#server/temporal/history-json-fields.ts';
import { payloadFromJson, payloadsFromJson } from '#server/temporal/history-json-payloads.ts';

/** What one element of an `events` list is: an event, or why it can not be one, in words that go after "event N". */
export type ParsedEvent = { readonly event: HistoryEvent } | { readonly problem: string };

/** An event's own part: everything but id and time. `Omit` alone would merge the union's members into one. */
type Detail = HistoryEvent extends infer E ? (E extends HistoryEvent ? Omit<E, 'eventId' | 'timeMs'> : never) : never;

/**
 * The JSON text of one history event as `temporal workflow show --output json`, the SDKs and Temporal UI write it: either enum
 * spelling, ids as text or number, payloads raw or readable. Types that are not read become `other`; never throws.
 */
export function parseHistoryEvent(text: string): ParsedEvent {
  const json = parseStrictJson(text);
  if (!isJsonObject(json))
    return { problem: json === undefined ? 'is not JSON, or repeats a key' : 'is not an object' };
  const type = eventTypeName(field(json, 'eventType'));
  // Only a marker's numbers are taken at their word, and only there are they worth the slower reading.
  const exact = type === 'MARKER_RECORDED' ? parseExactJson(text) : json;
  return type === null ? { problem: 'has no eventType' } : eventOf(isJsonObject(exact) ? exact : json, type);
}

function eventOf(json: JsonObject, type: string): ParsedEvent {
  const eventId = eventIdField(json, 'eventId');
  if (eventId === null) return { problem: 'has no eventId that is a positive whole number' };
  const timeMs = timeField(json, 'eventTime');
  if (timeMs === null) return { problem: 'has no eventTime in RFC 3339' };
  // A marker under another type's name would vanish without a word.
  const foreign = Object.keys(json).find((key) => (TYPE_OF_KEY.get(key) ?? type) !== type && json[key] !== null);
  if (foreign !== undefined) return { problem: `is of type ${type} and has ${foreign}` };
  if (!isReadEventType(type)) return { event: { eventId, timeMs, type: 'other', name: type } };
  const attributes = field(json, attributesKey(type));
  if (!isJsonObject(attributes)) return { problem: `is of type ${type} and has no ${attributesKey(type)}` };
  return { event: { eventId, timeMs, ...detailOf(type, attributes) } };
}

/** `MARKER_RECORDED` → `markerRecordedEventAttributes`. */
function attributesKey(type: ReadEventType): string {
  const name = type.toLowerCase().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `${name}EventAttributes`;
}

/** The types that are read by their attributes' key, in both of its names. */
const TYPE_OF_KEY: ReadonlyMap<string, string> = new Map(
  Object.keys(EVENT_TYPE_NUMBERS)
    .filter(isReadEventType)
    .flatMap((type) => [
      [attributesKey(type), type],
      [`${type.toLowerCase()}_event_attributes`, type],
    ]),
);

function detailOf(type: ReadEventType, attributes: JsonObject): Detail {
  switch (type) {
    case 'WORKFLOW_EXECUTION_STARTED':
      return startedOf(attributes);
    case 'WORKFLOW_TASK_SCHEDULED':
      return { type: 'workflow-task-scheduled', taskQueue: taskQueueOf(attributes) };
    case 'WORKFLOW_TASK_STARTED':
      return {
        type: 'workflow-task-started',
        identity: textField(attributes, 'identity') ?? '',
        worker: workerOf(attributes),
      };
    case 'WORKFLOW_TASK_COMPLETED': {
      const sdk = messageField(attributes, 'sdkMetadata');
      return {
        type: 'workflow-task-completed',
        identity: textField(attributes, 'identity') ?? '',
        worker: workerOf(attributes),
        sdk: { name: textField(sdk, 'sdkName'), version: textField(sdk, 'sdkVersion') },
        startedEventId: eventIdField(attributes, 'startedEventId') ?? 0,
      };
    }
    case 'WORKFLOW_TASK_FAILED':
      return {
        type: 'workflow-task-failed',
        cause: enumName(field(attributes, 'cause'), 'WORKFLOW_TASK_FAILED_CAUSE_') ?? '',
        message: textField(messageField(attributes, 'failure'), 'message') ?? '',
        newRunId: textField(attributes, 'newRunId'),
      };
    case 'MARKER_RECORDED':
      return {
        type: 'marker-recorded',
        markerName: textField(attributes, 'markerName') ?? '',
        details: detailsOf(messageField(attributes, 'details')),
        workflowTaskCompletedEventId: eventIdField(attributes, 'workflowTaskCompletedEventId') ?? 0,
      };
    case 'UPSERT_WORKFLOW_SEARCH_ATTRIBUTES':
      return {
        type: 'search-attributes-upserted',
        changeVersion: changeVersionOf(attributes),
        workflowTaskCompletedEventId: eventIdField(attributes, 'workflowTaskCompletedEventId') ?? 0,
      };
    case 'WORKFLOW_EXECUTION_COMPLETED':
      return closedOf('completed', attributes);
    case 'WORKFLOW_EXECUTION_FAILED':
      return closedOf('failed', attributes);
    case 'WORKFLOW_EXECUTION_TIMED_OUT':
      return closedOf('timed-out', attributes);
    case 'WORKFLOW_EXECUTION_CANCELED':
      return closedOf('canceled', attributes);
    case 'WORKFLOW_EXECUTION_TERMINATED':
      return closedOf('terminated', attributes);
    case 'WORKFLOW_EXECUTION_CONTINUED_AS_NEW':
      return closedOf('continued-as-new', attributes);
  }
}

function startedOf(attributes: JsonObject): Detail {
  const firstTaskBackoffMs = durationField(attributes, 'firstWorkflowTaskBackoff');
  return {
    type: 'workflow-execution-started',
    workflowType: textField(messageField(attributes, 'workflowType'), 'name') ?? '',
    taskQueue: taskQueueOf(attributes),
    runTimeoutMs: durationField(attributes, 'workflowRunTimeout'),
    executionTimeoutMs: durationField(attributes, 'workflowExecutionTimeout'),
    ...(firstTaskBackoffMs === null ? {} : { firstTaskBackoffMs }),
    continuedFromRunId: textField(attributes, 'continuedExecutionRunId'),
    workflowId: textField(attributes, 'workflowId'),
    originalRunId: textField(attributes, 'originalExecutionRunId'),
  };
}

function closedOf(status: ClosedStatus, attributes: JsonObject): Detail {
  return { type: 'workflow-execution-closed', status, newRunId: textField(attributes, 'newExecutionRunId') };
}

/** The queue that people know: a sticky queue's own name is a worker's, its normal name stands beside. */
function taskQueueOf(attributes: JsonObject): string {
  const queue = messageField(attributes, 'taskQueue');
  return textField(queue, 'normalName') ?? textField(queue, 'name') ?? '';
}

function workerOf(attributes: JsonObject): WorkerStamp {
  const stamp = messageField(attributes, 'workerVersion');
  const deploymentVersion = deploymentVersionOf(attributes);
  return {
    // A worker of a deployment may send no stamp: its build is that of its deployment version.
    buildId: textField(stamp, 'buildId') ?? deploymentVersion?.slice(deploymentVersion.indexOf(':') + 1) ?? null,
    useVersioning: field(stamp, 'useVersioning') === true,
    deploymentVersion,
  };
}

/** `deployment:build`, also from the field of before, which wrote `deployment.build`: a deployment's name holds no dot. */
function deploymentVersionOf(attributes: JsonObject): string | null {
  const version = messageField(attributes, 'deploymentVersion');
  const name = textField(version, 'deploymentName');
  const buildId = textField(version, 'buildId');
  if (name !== null && buildId !== null) return `${name}:${buildId}`;
  const dotted = textField(attributes, 'workerDeploymentVersion');
  return dotted?.includes('.') === true ? dotted.replace('.', ':') : null;
}

function detailsOf(details: JsonObject): Readonly<Record<string, readonly RawPayload[]>> {
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [key, payloadsFromJson(value)]));
}

function changeVersionOf(attributes: JsonObject): RawPayload | null {
  const fields = messageField(messageField(attributes, 'searchAttributes'), 'indexedFields');
  // Not `field`: this is a map of user's names, of which proto JSON changes none.
  return Object.hasOwn(fields, 'TemporalChangeVersion') ? payloadFromJson(fields.TemporalChangeVersion) : null;
}
