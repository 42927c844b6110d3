import proto, { type temporal } from '@temporalio/proto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HistoryEvent } from '#lib/domain/history/events.ts';
import { decodeHistoryBinary } from '#server/temporal/history-binary.ts';
import { storedEvents } from '#server/temporal/mappers/stored-events.ts';

const { History } = proto.temporal.api.history.v1;
const { EventType, WorkflowTaskFailedCause } = proto.temporal.api.enums.v1;

type Event = temporal.api.history.v1.HistoryEvent.$Properties;

const utf8 = (text: string) => new TextEncoder().encode(text);
const AT = { timeMs: Date.parse('2026-01-02T03:04:05.678Z') };
// protobufjs takes plain numbers where its types want 64-bit ones.
const int64 = (value: number) => proto.google.protobuf.Timestamp.fromObject({ seconds: value }).seconds;

/** Through the wire, as a server or a file brings it. */
function decode(...events: Event[]): HistoryEvent[] {
  const timed = events.map((event, index) => ({
    eventId: int64(index + 1),
    eventTime: { seconds: int64(1_767_323_045), nanos: 678_900_000 },
    ...event,
  }));
  return decodeHistoryBinary(History.encode({ events: timed }).finish());
}

test('the start of a run', () => {
  const attributes = {
    workflowType: { name: 'Order' },
    taskQueue: { name: 'orders' },
    workflowRunTimeout: { seconds: int64(60), nanos: 500_000_000 },
    workflowExecutionTimeout: { seconds: int64(0) },
    continuedExecutionRunId: 'before',
    workflowId: 'o-1',
    originalExecutionRunId: 'origin',
  };
  const eventType = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED;
  expect(decode({ eventType, workflowExecutionStartedEventAttributes: attributes })).toEqual([
    {
      type: 'workflow-execution-started',
      eventId: 1,
      ...AT,
      workflowType: 'Order',
      taskQueue: 'orders',
      runTimeoutMs: 60_500,
      executionTimeoutMs: null,
      continuedFromRunId: 'before',
      workflowId: 'o-1',
      originalRunId: 'origin',
    },
  ]);
});

describe('a completed task', () => {
  const eventType = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;

  test.each([
    ['nothing', {}, { buildId: null, useVersioning: false, deploymentVersion: null }],
    [
      'a build in a version set',
      { workerVersion: { buildId: '1.0', useVersioning: true } },
      { buildId: '1.0', useVersioning: true, deploymentVersion: null },
    ],
    [
      'a deployment version',
      { deploymentVersion: { deploymentName: 'd', buildId: 'b:1' } },
      { buildId: 'b:1', useVersioning: false, deploymentVersion: 'd:b:1' },
    ],
    [
      'a deployment version of the older field',
      { workerDeploymentVersion: 'd.b.1', workerVersion: { buildId: 'b.1' } },
      { buildId: 'b.1', useVersioning: false, deploymentVersion: 'd:b.1' },
    ],
    [
      'the older field’s word for none',
      { workerDeploymentVersion: '__unversioned__' },
      { buildId: null, useVersioning: false, deploymentVersion: null },
    ],
  ])('with %s', (_, stamp, worker) => {
    const attributes = { identity: 'w@h', startedEventId: int64(3), sdkMetadata: { sdkName: 'temporal-go' }, ...stamp };
    expect(decode({ eventType, workflowTaskCompletedEventAttributes: attributes })).toEqual([
      {
        type: 'workflow-task-completed',
        eventId: 1,
        ...AT,
        identity: 'w@h',
        worker,
        sdk: { name: 'temporal-go', version: null },
        startedEventId: 3,
      },
    ]);
  });
});

describe('pinning', () => {
  const { VersioningBehavior } = proto.temporal.api.enums.v1;
  const version = { deploymentName: 'd', buildId: 'b:1' };
  const completedEvent = (versioningBehavior?: number) => {
    const eventType = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
    const attributes = { deploymentVersion: version, ...(versioningBehavior !== undefined && { versioningBehavior }) };
    return decode({ eventType, workflowTaskCompletedEventAttributes: attributes })[0];
  };
  const startedEvent = (attributes: Event['workflowExecutionStartedEventAttributes']) => {
    const eventType = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED;
    return decode({ eventType, workflowExecutionStartedEventAttributes: attributes ?? {} })[0];
  };
  const updatedEvent = (attributes?: Event['workflowExecutionOptionsUpdatedEventAttributes']) => {
    const eventType = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED;
    return decode({ eventType, ...(attributes && { workflowExecutionOptionsUpdatedEventAttributes: attributes }) })[0];
  };

  test('is what the worker asks for with its task', () => {
    expect(completedEvent(VersioningBehavior.VERSIONING_BEHAVIOR_PINNED)).toMatchObject({ isPinned: true });
    expect(completedEvent(VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE)).not.toHaveProperty('isPinned');
    expect(completedEvent()).not.toHaveProperty('isPinned');
  });

  test('may be inherited by a start', () => {
    expect(startedEvent({ inheritedPinnedVersion: version })).toMatchObject({ inheritedPin: 'd:b:1' });
    expect(startedEvent({ inheritedPinnedVersion: {} })).not.toHaveProperty('inheritedPin');
    expect(startedEvent({})).not.toHaveProperty('inheritedPin');
    expect(startedEvent({})).not.toHaveProperty('versioningOverride');
  });

  test.each([
    ['a version', { pinned: { version } }, 'd:b:1'],
    [
      'a version in the fields of before',
      { behavior: VersioningBehavior.VERSIONING_BEHAVIOR_PINNED, pinnedVersion: 'd.b.1' },
      'd:b.1',
    ],
    ['following the current version', { autoUpgrade: true }, 'auto-upgrade'],
    [
      'following it in the fields of before',
      { behavior: VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE },
      'auto-upgrade',
    ],
    ['a pinned version without a name', { pinned: { version: {} } }, 'auto-upgrade'],
  ])('may be overridden to %s', (_, versioningOverride, expected) => {
    expect(startedEvent({ versioningOverride })).toMatchObject({ versioningOverride: expected });
    expect(updatedEvent({ versioningOverride })).toEqual({
      type: 'options-updated',
      eventId: 1,
      ...AT,
      versioningOverride: expected,
    });
  });

  test('is as before when the override goes, and untouched by other options', () => {
    expect(updatedEvent({ unsetVersioningOverride: true })).toMatchObject({
      type: 'options-updated',
      versioningOverride: null,
    });
    for (const other of [{}, { unsetVersioningOverride: false }, { attachedRequestId: 'x' }, undefined]) {
      expect(updatedEvent(other)).toMatchObject({ type: 'other', name: 'WORKFLOW_EXECUTION_OPTIONS_UPDATED' });
    }
  });
});

test('a failed task has its cause by name and the run that a reset made', () => {
  const attributes = {
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR,
    failure: { message: '[TMPRL1100] …' },
    newRunId: 'n',
  };
  const eventType = EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED;
  expect(decode({ eventType, workflowTaskFailedEventAttributes: attributes })).toMatchObject([
    { type: 'workflow-task-failed', cause: 'NON_DETERMINISTIC_ERROR', message: '[TMPRL1100] …', newRunId: 'n' },
  ]);
});

test('markers keep their payloads raw, whatever their encoding', () => {
  const payloads = [
    { metadata: { encoding: utf8('json/plain') }, data: utf8('{}') },
    { metadata: { encoding: Uint8Array.of(0xff) }, data: Uint8Array.of(0, 1) },
    {},
  ];
  const attributes = {
    markerName: 'core_patch',
    details: { 'patch-data': { payloads }, ['__proto__']: {}, none: { payloads: [] } },
    workflowTaskCompletedEventId: int64(4),
  };
  const [event] = decode({
    eventType: EventType.EVENT_TYPE_MARKER_RECORDED,
    markerRecordedEventAttributes: attributes,
  });
  expect(event).toMatchObject({ type: 'marker-recorded', markerName: 'core_patch', workflowTaskCompletedEventId: 4 });
  if (event?.type !== 'marker-recorded') throw new Error('it is a marker');
  expect(event.details['patch-data']?.map(({ encoding, data }) => [encoding, [...data]])).toEqual([
    ['json/plain', [...utf8('{}')]],
    ['not-text', [0, 1]],
    [null, []],
  ]);
  expect(event.details.none).toEqual([]);
});

test('an upsert that names TemporalChangeVersion, and one that does not', () => {
  const eventType = EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES;
  const data = utf8('["p"]');
  const events = decode(
    {
      eventType,
      upsertWorkflowSearchAttributesEventAttributes: {
        searchAttributes: { indexedFields: { TemporalChangeVersion: { data }, Other: {} } },
      },
    },
    { eventType, upsertWorkflowSearchAttributesEventAttributes: {} },
  );
  expect(events).toMatchObject([
    { type: 'search-attributes-upserted', changeVersion: { encoding: null } },
    { type: 'search-attributes-upserted', changeVersion: null },
  ]);
});

test('each end of a run', () => {
  const next = { newExecutionRunId: 'next' };
  const ends: Event[] = [
    { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, workflowExecutionCompletedEventAttributes: next },
    { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED, workflowExecutionFailedEventAttributes: {} },
    { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT, workflowExecutionTimedOutEventAttributes: next },
    { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED },
    { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED },
    {
      eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
      workflowExecutionContinuedAsNewEventAttributes: next,
    },
  ];
  expect(decode(...ends)).toMatchObject([
    { status: 'completed', newRunId: 'next' },
    { status: 'failed', newRunId: null },
    { status: 'timed-out', newRunId: 'next' },
    { status: 'canceled', newRunId: null },
    { status: 'terminated', newRunId: null },
    { status: 'continued-as-new', newRunId: 'next' },
  ]);
});

test('any other event keeps its id, its time and its name', () => {
  expect(decode({ eventType: EventType.EVENT_TYPE_TIMER_STARTED })).toEqual([
    { type: 'other', eventId: 1, ...AT, name: 'TIMER_STARTED' },
  ]);
});

test('no event type and no attributes make the mapper fail', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: 200 })), (types) => {
      const file = History.fromObject({ events: types.map((eventType, index) => ({ eventType, eventId: index + 1 })) });
      const events = decodeHistoryBinary(History.encode(file).finish());
      expect(events.map((event) => event.eventId)).toEqual(types.map((_, index) => index + 1));
    }),
  );
});

test('bytes that are cut off throw', () => {
  const whole = History.encode({
    events: [{ eventType: EventType.EVENT_TYPE_TIMER_STARTED, eventId: int64(7), eventTime: {} }],
  }).finish();
  expect(decodeHistoryBinary(whole)).toHaveLength(1);
  expect(() => decodeHistoryBinary(whole.subarray(0, whole.length - 1))).toThrow();
});

describe('a workflow task that is not stored', () => {
  const scheduled = (eventId: number, taskId: number) => ({
    eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
    eventId: int64(eventId),
    taskId: int64(taskId),
  });
  const started = { eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED, eventId: int64(3) };
  const signaled = { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED, eventId: int64(4) };

  test.each([
    ['is left out at the end', [scheduled(1, 9), scheduled(2, 0), started], 1],
    ['may be all of a page', [scheduled(2, 0), started], 0],
    ['is nothing else: stored tasks and other events stay', [scheduled(1, 9), scheduled(2, 0), signaled], 3],
    ['may be absent', [], 0],
  ])('%s', (_, events, kept) => {
    expect(storedEvents(events)).toEqual(events.slice(0, kept));
  });
});
