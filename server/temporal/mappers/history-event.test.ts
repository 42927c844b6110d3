import proto from '@temporalio/proto';
import { describe, expect, test } from 'vitest';
import { AT, decodeEvents, int64, utf8, type WireEvent } from '#server/temporal/testing/wire.ts';

const { EventType, WorkflowTaskFailedCause } = proto.temporal.api.enums.v1;

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
  expect(decodeEvents({ eventType, workflowExecutionStartedEventAttributes: attributes })).toEqual([
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
    expect(decodeEvents({ eventType, workflowTaskCompletedEventAttributes: attributes })).toEqual([
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

test('a failed task has its cause by name and the run that a reset made', () => {
  const attributes = {
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR,
    failure: { message: '[TMPRL1100] …' },
    newRunId: 'n',
  };
  const eventType = EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED;
  expect(decodeEvents({ eventType, workflowTaskFailedEventAttributes: attributes })).toMatchObject([
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
  const [event] = decodeEvents({
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
  const events = decodeEvents(
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
  const ends: WireEvent[] = [
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
  expect(decodeEvents(...ends)).toMatchObject([
    { status: 'completed', newRunId: 'next' },
    { status: 'failed', newRunId: null },
    { status: 'timed-out', newRunId: 'next' },
    { status: 'canceled', newRunId: null },
    { status: 'terminated', newRunId: null },
    { status: 'continued-as-new', newRunId: 'next' },
  ]);
});

test('any other event keeps its id, its time and its name', () => {
  expect(decodeEvents({ eventType: EventType.EVENT_TYPE_TIMER_STARTED })).toEqual([
    { type: 'other', eventId: 1, ...AT, name: 'TIMER_STARTED' },
  ]);
});
