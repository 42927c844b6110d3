import { randomUUID } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';

type Command = temporal.api.command.v1.Command.$Properties;
type Task = temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse.$Properties;

const { WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR } = proto.temporal.api.enums.v1.WorkflowTaskFailedCause;

/** A long poll needs a deadline; the server answers an idle one after a minute. */
const POLL_DEADLINE_MS = 60_000;

export interface PlayedWorker {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly identity: string;
  readonly buildId: string;
  readonly useVersioning: boolean;
}

/** Takes the next workflow task as a worker would, by Temporal's own client: histories are then known event by event. */
export function pollTask(connection: Connection, worker: PlayedWorker, signal: AbortSignal): Promise<Task> {
  const { namespace, taskQueue, identity, buildId, useVersioning } = worker;
  const workerVersionCapabilities = { buildId, useVersioning };
  const request = { namespace, taskQueue: { name: taskQueue }, identity, workerVersionCapabilities };
  return connection.withAbortSignal(signal, () =>
    connection.withDeadline(Date.now() + POLL_DEADLINE_MS, () =>
      connection.workflowService.pollWorkflowTaskQueue(request),
    ),
  );
}

const NEVER = new AbortController().signal;

export async function completeTask(
  connection: Connection,
  worker: PlayedWorker,
  commands: Command[],
  sdkName: string,
): Promise<void> {
  const { namespace, identity, buildId, useVersioning } = worker;
  const { taskToken } = await pollTask(connection, worker, NEVER);
  await connection.workflowService.respondWorkflowTaskCompleted({
    taskToken: taskToken ?? null,
    namespace,
    identity,
    commands,
    workerVersionStamp: { buildId, useVersioning },
    sdkMetadata: { sdkName, sdkVersion: '9.9.9' },
  });
}

/** As a worker does whose code does not fit the history. */
export async function failTask(connection: Connection, worker: PlayedWorker, message: string): Promise<void> {
  const { namespace, identity } = worker;
  const { taskToken } = await pollTask(connection, worker, NEVER);
  await connection.workflowService.respondWorkflowTaskFailed({
    taskToken: taskToken ?? null,
    namespace,
    identity,
    cause: WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR,
    failure: { message },
  });
}

/** @returns the run's id */
export async function startRun(
  connection: Connection,
  input: { namespace: string; taskQueue: string; workflowId: string; workflowType: string },
): Promise<string> {
  const { namespace, taskQueue, workflowId, workflowType } = input;
  const { runId } = await connection.workflowService.startWorkflowExecution({
    namespace,
    workflowId,
    workflowType: { name: workflowType },
    taskQueue: { name: taskQueue },
    requestId: randomUUID(),
  });
  return runId;
}
