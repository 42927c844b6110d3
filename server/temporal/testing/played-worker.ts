import { randomUUID } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

type Service = Connection['workflowService'];
type Command = temporal.api.command.v1.Command.$Properties;
type Task = Awaited<ReturnType<Service['pollWorkflowTaskQueue']>>;

export interface PlayedWorker {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly identity: string;
  readonly buildId: string;
  readonly useVersioning: boolean;
}

/** Takes the next workflow task as a worker would, by Temporal's own client: histories are then known event by event. */
export function pollTask(service: Service, worker: PlayedWorker): Promise<Task> {
  const { namespace, taskQueue, identity, buildId, useVersioning } = worker;
  return service.pollWorkflowTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    identity,
    workerVersionCapabilities: { buildId, useVersioning },
  });
}

export async function completeTask(
  service: Service,
  worker: PlayedWorker,
  commands: Command[],
  sdkName: string,
): Promise<void> {
  const { namespace, identity, buildId, useVersioning } = worker;
  const { taskToken } = await pollTask(service, worker);
  await service.respondWorkflowTaskCompleted({
    taskToken,
    namespace,
    identity,
    commands,
    workerVersionStamp: { buildId, useVersioning },
    sdkMetadata: { sdkName, sdkVersion: '9.9.9' },
  });
}

export async function startRun(
  service: Service,
  input: { namespace: string; taskQueue: string; workflowId: string; workflowType: string },
): Promise<string> {
  const { namespace, taskQueue, workflowId, workflowType } = input;
  const { runId } = await service.startWorkflowExecution({
    namespace,
    workflowId,
    workflowType: { name: workflowType },
    taskQueue: { name: taskQueue },
    requestId: randomUUID(),
  });
  return runId;
}
