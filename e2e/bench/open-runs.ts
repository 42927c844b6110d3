import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { waitFor } from '#e2e/harness/wait.ts';

const NAMESPACE = 'default';
/** Starts under way at once: one history shard takes no more. */
const STARTERS = 32;
const VISIBLE_WITHIN_MS = 120_000;
const POLL_MS = 60_000;

export interface OpenRuns {
  readonly namespace: string;
  /** Open runs altogether, on a queue that no worker polls. */
  readonly total: number;
  /** Of them, runs with one completed workflow task that recorded a patch. */
  readonly marked: number;
}

/** Makes open runs without any worker; tasks of the marked ones are completed by hand, with a marker as a TypeScript worker writes it. */
export async function makeOpenRuns(address: string, total: number, marked: number): Promise<OpenRuns> {
  const connection = await Connection.connect({ address });
  try {
    await inParallel(total, (index) => start(connection, index, index < marked ? 'marked' : 'idle'));
    await inParallel(marked, () => completeOneTask(connection));
    await waitFor(
      async () => {
        const { count } = await connection.workflowService.countWorkflowExecutions({
          namespace: NAMESPACE,
          query: 'CloseTime IS NULL',
        });
        return Number(count) >= total ? true : undefined;
      },
      { what: `${total} open runs becoming visible`, timeoutMs: VISIBLE_WITHIN_MS },
    );
    return { namespace: NAMESPACE, total, marked };
  } finally {
    await connection.close();
  }
}

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: STARTERS }, worker));
}

async function start(connection: Connection, index: number, taskQueue: string): Promise<void> {
  await connection.workflowService.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId: `bench-order-${index}`,
    workflowType: { name: `BenchOrder${index % 10}` },
    taskQueue: { name: taskQueue },
    requestId: randomUUID(),
  });
}

async function completeOneTask(connection: Connection): Promise<void> {
  // A long poll: the server wants its deadline.
  const { taskToken } = await connection.withDeadline(Date.now() + POLL_MS, () =>
    connection.workflowService.pollWorkflowTaskQueue({
      namespace: NAMESPACE,
      taskQueue: { name: 'marked' },
      identity: 'bench',
    }),
  );
  const { CommandType } = proto.temporal.api.enums.v1;
  const payload = (value: unknown) => ({
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify(value)),
  });
  await connection.workflowService.respondWorkflowTaskCompleted({
    namespace: NAMESPACE,
    taskToken,
    identity: 'bench',
    sdkMetadata: { sdkName: 'temporal-typescript', sdkVersion: '1.24.0' },
    commands: [
      {
        commandType: CommandType.COMMAND_TYPE_RECORD_MARKER,
        recordMarkerCommandAttributes: {
          markerName: 'core_patch',
          details: { 'patch-data': { payloads: [payload({ id: 'bench-patch', deprecated: false })] } },
        },
      },
      {
        commandType: CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
        upsertWorkflowSearchAttributesCommandAttributes: {
          searchAttributes: { indexedFields: { TemporalChangeVersion: payload(['bench-patch']) } },
        },
      },
    ],
  });
}
