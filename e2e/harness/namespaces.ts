import { Connection, isGrpcServiceError } from '@temporalio/client';
import { status } from '@grpc/grpc-js';
import proto from '@temporalio/proto';
import { msToTs } from '@temporalio/common/lib/time.js';
import { waitFor } from './wait.ts';

/** Names that the server takes and that careless code takes for a path: each test server has them. */
export const HOSTILE_NAMESPACES = ['a/b', '..', 'api'] as const;

/** One day, the shortest that the server takes. */
const RETENTION = msToTs('1 day');

const taskQueueType = proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW;

/** Each service learns of a new namespace by itself, the slowest after about ten seconds. */
const USABLE_TIMEOUT_MS = 60_000;

/** Registers the namespaces, where they are not there yet, and waits until every service of the server knows them. */
export async function registerNamespaces(address: string, names: readonly string[]): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    for (const name of names) await register(connection, name);
    await Promise.all(
      names.map((name) =>
        waitFor(() => isUsable(connection, name), {
          what: `namespace ${JSON.stringify(name)} on ${address} becoming usable`,
          timeoutMs: USABLE_TIMEOUT_MS,
        }),
      ),
    );
  } finally {
    await connection.close();
  }
}

async function register(connection: Connection, namespace: string): Promise<void> {
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: RETENTION,
    });
  } catch (error) {
    if (!hasCode(error, status.ALREADY_EXISTS)) throw error;
  }
}

/** One call that reaches each service: visibility, matching and history. */
async function isUsable(connection: Connection, namespace: string): Promise<true | undefined> {
  await connection.workflowService.countWorkflowExecutions({ namespace });
  await connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: 'warm-up' }, taskQueueType });
  try {
    await connection.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId: 'warm-up' } });
  } catch (error) {
    // The run does not exist, and history knows the namespace well enough to say so.
    return hasCode(error, status.NOT_FOUND) && String(error).includes('warm-up') ? true : undefined;
  }
  return undefined;
}

function hasCode(error: unknown, code: status): boolean {
  return isGrpcServiceError(error) && error.code === code;
}
