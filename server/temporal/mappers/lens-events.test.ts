import proto, { type temporal } from '@temporalio/proto';
import { expect, test } from 'vitest';
import { decodeEvents, type WireEvent } from '#server/temporal/testing/wire.ts';

const { EventType, TimeoutType, WorkflowTaskFailedCause } = proto.temporal.api.enums.v1;

const decode = (event: WireEvent) => decodeEvents(event)[0];

test('a start names its parent and the build whose version set it inherits', () => {
  const eventType = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED;
  const start = (more: temporal.api.history.v1.WorkflowExecutionStartedEventAttributes.$Properties) =>
    decode({ eventType, workflowExecutionStartedEventAttributes: more });
  const child = start({
    parentWorkflowNamespace: 'n',
    parentWorkflowExecution: { workflowId: 'p', runId: 'r' },
    sourceVersionStamp: { buildId: 'b1', useVersioning: true },
  });
  expect(child).toMatchObject({ parent: { namespace: 'n', workflowId: 'p', runId: 'r' }, inheritedBuildId: 'b1' });
  const plain = start({ sourceVersionStamp: { buildId: 'b1', useVersioning: false } });
  expect(plain).not.toHaveProperty('parent');
  expect(plain).not.toHaveProperty('inheritedBuildId');
});

test.each([true, false])('an activity and a child say whether they keep the build: %s', (keepsBuild) => {
  expect(
    decode({
      eventType: EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
      activityTaskScheduledEventAttributes: {
        activityType: { name: 'ship' },
        taskQueue: { name: 'q' },
        useWorkflowBuildId: keepsBuild,
      },
    }),
  ).toMatchObject({ type: 'activity-scheduled', activityType: 'ship', taskQueue: 'q', keepsBuild });
  expect(
    decode({
      eventType: EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
      startChildWorkflowExecutionInitiatedEventAttributes: {
        workflowType: { name: 'Refund' },
        taskQueue: { name: 'q' },
        inheritBuildId: keepsBuild,
      },
    }),
  ).toMatchObject({ type: 'child-workflow-initiated', workflowType: 'Refund', taskQueue: 'q', keepsBuild });
  expect(
    decode({
      eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
      workflowExecutionContinuedAsNewEventAttributes: {
        newExecutionRunId: 'next',
        taskQueue: { name: 'q' },
        inheritBuildId: keepsBuild,
      },
    }),
  ).toMatchObject({
    type: 'workflow-execution-closed',
    status: 'continued-as-new',
    newRunId: 'next',
    next: { taskQueue: 'q', keepsBuild },
  });
});

test('a reset names the run it was made from, and ends that one under its own name', () => {
  expect(
    decode({
      eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
      workflowTaskFailedEventAttributes: {
        cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
        baseRunId: 'base',
        newRunId: 'new',
      },
    }),
  ).toMatchObject({ type: 'workflow-task-failed', cause: 'RESET_WORKFLOW', baseRunId: 'base', newRunId: 'new' });
  const terminatedBy = (identity: string) =>
    decode({
      eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
      workflowExecutionTerminatedEventAttributes: { identity },
    });
  expect(terminatedBy('history-resetter')).toMatchObject({ status: 'terminated', isByReset: true });
  expect(terminatedBy('alice')).not.toHaveProperty('isByReset');
});

test('a task that timed out says how', () => {
  expect(
    decode({
      eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
      workflowTaskTimedOutEventAttributes: { timeoutType: TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START },
    }),
  ).toMatchObject({ type: 'workflow-task-timed-out', timeout: 'SCHEDULE_TO_START' });
});
