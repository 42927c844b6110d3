import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { waitFor } from '#e2e/harness/wait.ts';

/** What one run's only workflow task left. `none`: it was completed and recorded nothing. */
export type Trace = 'live' | 'deprecated' | 'none';

export interface PatchedRunsOptions {
  readonly address: string;
  readonly namespace: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly patchId: string;
  readonly total: number;
  /** By index of the run, from 0. */
  readonly trace: (index: number) => { readonly trace: Trace; readonly buildId: string };
  /** Ended after their task: they are closed runs then. */
  readonly isClosed?: (index: number) => boolean;
}

const HANDS = 32;
const VISIBLE_WITHIN_MS = 180_000;
const POLL_MS = 60_000;

const { CommandType } = proto.temporal.api.enums.v1;

/** Runs without any SDK's worker: their tasks are completed by hand, with what a TypeScript worker of that build would leave. */
export async function makePatchedRuns(options: PatchedRunsOptions): Promise<void> {
  const { address, namespace, workflowType, total } = options;
  const connection = await Connection.connect({ address });
  try {
    await inParallel(total, (index) => start(connection, options, index));
    await inParallel(total, () => completeOne(connection, options));
    await waitFor(
      async () => {
        const query = `WorkflowType = '${workflowType}' AND BuildIds IS NOT NULL`;
        const { count } = await connection.workflowService.countWorkflowExecutions({ namespace, query });
        return Number(count) >= total ? true : undefined;
      },
      { what: `${total} runs becoming visible with their builds`, timeoutMs: VISIBLE_WITHIN_MS },
    );
  } finally {
    await connection.close();
  }
}

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const hand = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
}

async function start(connection: Connection, options: PatchedRunsOptions, index: number): Promise<void> {
  const { namespace, workflowType, taskQueue } = options;
  await connection.workflowService.startWorkflowExecution({
    namespace,
    workflowId: `${workflowType}-${index}`,
    workflowType: { name: workflowType },
    taskQueue: { name: taskQueue },
    requestId: randomUUID(),
  });
}

async function completeOne(connection: Connection, options: PatchedRunsOptions): Promise<void> {
  const { namespace, taskQueue, patchId, isClosed = () => false } = options;
  // A long poll: the server wants its deadline.
  const { taskToken, workflowExecution } = await connection.withDeadline(Date.now() + POLL_MS, () =>
    connection.workflowService.pollWorkflowTaskQueue({
      namespace,
      taskQueue: { name: taskQueue },
      identity: 'by-hand',
      workerVersionCapabilities: { buildId: options.trace(0).buildId, useVersioning: false },
    }),
  );
  const index = Number(workflowExecution?.workflowId?.slice(options.workflowType.length + 1));
  const { trace, buildId } = options.trace(index);
  await connection.workflowService.respondWorkflowTaskCompleted({
    namespace,
    taskToken,
    identity: 'by-hand',
    sdkMetadata: { sdkName: 'temporal-typescript', sdkVersion: '1.24.0' },
    workerVersionStamp: { buildId, useVersioning: false },
    commands: [
      ...(trace === 'none' ? [] : markerCommands(patchId, trace === 'deprecated')),
      ...(isClosed(index)
        ? [
            {
              commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
              completeWorkflowExecutionCommandAttributes: {},
            },
          ]
        : []),
    ],
  });
}

/** Marker, then label, as Core writes them. */
function markerCommands(id: string, deprecated: boolean) {
  const payload = (value: unknown) => ({
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify(value)),
  });
  return [
    {
      commandType: CommandType.COMMAND_TYPE_RECORD_MARKER,
      recordMarkerCommandAttributes: {
        markerName: 'core_patch',
        details: { 'patch-data': { payloads: [payload({ id, deprecated })] } },
      },
    },
    {
      commandType: CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
      upsertWorkflowSearchAttributesCommandAttributes: {
        searchAttributes: { indexedFields: { TemporalChangeVersion: payload([id]) } },
      },
    },
  ];
}
