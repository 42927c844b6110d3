import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowExecutionInfo } from '@temporalio/client';
import proto from '@temporalio/proto';
import { type GoWorkerOptions, startGoWorker } from '#e2e/harness/go-worker.ts';
import { startPythonWorker, type PythonWorkerOptions } from '#e2e/harness/python-worker.ts';
import type { RunHistory } from '#e2e/harness/replay.ts';
import type { StorySdk, StoryWorker, WorkerPlace } from '#e2e/harness/story-worker.ts';
import { startTypeScriptWorker } from '#e2e/harness/typescript-worker.ts';
import { waitFor } from '#e2e/harness/wait.ts';
import { openRun, type StoryRun } from '#e2e/stories/run.ts';

const { TaskQueueType } = proto.temporal.api.enums.v1;

const STEP_TIMEOUT_MS = 60_000;

/** The server forgets a poller after five minutes, or as soon as its configuration says. */
const GONE_TIMEOUT_MS = 6 * 60_000;

/** Runs that do the same at the same time. */
export interface Crowd {
  readonly workflowIds: readonly string[];
  readonly go: () => Promise<void>;
  readonly finish: () => Promise<void>;
}

/** Where a story plays: one namespace and task queue, workers of one SDK, runs, and what is open. */
export interface StoryRig extends AsyncDisposable {
  readonly sdk: StorySdk;
  readonly place: WorkerPlace;
  readonly client: Client;
  /** Resolves when the server lists its polls. Workers that are not stopped end with the rig. */
  readonly startWorker: (options: GoWorkerOptions & PythonWorkerOptions) => Promise<StoryWorker>;
  /** Stops it and waits until the server does not list it any more. */
  readonly retire: (worker: StoryWorker) => Promise<void>;
  /** Starts a run and waits until its first workflow task is completed. */
  readonly start: (workflowType: string, ...args: readonly unknown[]) => Promise<StoryRun>;
  /** The same, so many runs as the rig has for each of a story's. */
  readonly startCrowd: (workflowType: string) => Promise<Crowd>;
  /** Open runs of a type with their histories, once visibility lists as many as there are. */
  readonly openRuns: (workflowType: string) => Promise<readonly RunHistory[]>;
}

export interface RigOptions {
  readonly sdk: StorySdk;
  readonly address: string;
  /** Must be usable already. */
  readonly namespace: string;
  readonly taskQueue?: string;
  /** Runs in each crowd. Default 1. */
  readonly crowd?: number;
  /** Workers keep runs in memory, as they do by default in production. Default false. */
  readonly isSticky?: boolean;
}

export async function openRig(options: RigOptions): Promise<StoryRig> {
  const { sdk, address, namespace, taskQueue = 'stories', crowd = 1, isSticky = false } = options;
  const place = { address, namespace, taskQueue };
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  const workers = new Set<StoryWorker>();
  /** Workflow type → ids of runs that were started and not finished. */
  const open = new Map<string, Set<string>>();

  /** Of every partition: each lists those that polled it. */
  const pollers = async (): Promise<readonly string[]> => {
    const service = connection.workflowService;
    const partitions = await service.listTaskQueuePartitions({ namespace, taskQueue: { name: taskQueue } });
    const lists = await Promise.all(
      partitions.workflowTaskQueuePartitions.map(({ key }) =>
        service.describeTaskQueue({
          namespace,
          taskQueue: { name: key ?? taskQueue },
          taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        }),
      ),
    );
    return lists.flatMap(({ pollers }) => pollers.map(({ identity }) => identity ?? ''));
  };
  const whyNobodyWorks = (): string | undefined =>
    [...workers].flatMap((worker) => worker.whyEnded() ?? []).join('\n') || undefined;

  const stop = async (worker: StoryWorker): Promise<void> => {
    workers.delete(worker);
    await worker.stop();
  };

  const start: StoryRig['start'] = async (workflowType, ...args) => {
    const workflowId = `${workflowType}-${randomUUID().slice(0, 8)}`;
    await client.workflow.start(workflowType, { taskQueue, workflowId, args: [...args] });
    const ofType = open.get(workflowType) ?? new Set();
    open.set(workflowType, ofType.add(workflowId));
    const run = openRun({ client, workflowId, whyNobodyWorks, onEnded: () => ofType.delete(workflowId) });
    await run.untilBegun();
    return run;
  };

  return {
    sdk,
    place,
    client,
    startWorker: async (options) => {
      const worker = await launch(sdk, place, { isSticky, ...options });
      workers.add(worker);
      await waitFor(async () => (await pollers()).includes(worker.identity) || undefined, {
        what: `${worker.identity} polling`,
        timeoutMs: STEP_TIMEOUT_MS,
        isHopeless: worker.whyEnded,
      });
      return { ...worker, stop: () => stop(worker), [Symbol.asyncDispose]: () => stop(worker) };
    },
    retire: async (worker) => {
      await worker.stop();
      await waitFor(async () => !(await pollers()).includes(worker.identity) || undefined, {
        what: `${worker.identity} leaving the list of pollers`,
        timeoutMs: GONE_TIMEOUT_MS,
      });
    },
    start,
    startCrowd: async (workflowType) => {
      const runs = await Promise.all(Array.from({ length: crowd }, () => start(workflowType)));
      return {
        workflowIds: runs.map(({ workflowId }) => workflowId),
        go: async () => void (await Promise.all(runs.map((run) => run.go()))),
        finish: async () => void (await Promise.all(runs.map((run) => run.finish()))),
      };
    },
    openRuns: async (workflowType) => {
      const known = open.get(workflowType)?.size ?? 0;
      const query = `WorkflowType = '${workflowType}' AND CloseTime IS NULL`;
      const listed = await waitFor(
        async () => {
          const runs: WorkflowExecutionInfo[] = [];
          for await (const run of client.workflow.list({ query })) runs.push(run);
          return runs.length === known ? runs : undefined;
        },
        { what: `visibility listing ${known} open runs of ${workflowType}`, timeoutMs: STEP_TIMEOUT_MS },
      );
      return Promise.all(
        listed.map(async ({ workflowId, runId }) => ({
          workflowId,
          history: await client.workflow.getHandle(workflowId, runId).fetchHistory(),
        })),
      );
    },
    [Symbol.asyncDispose]: async () => {
      for (const worker of [...workers].toReversed()) await stop(worker);
      await connection.close();
    },
  };
}

function launch(
  sdk: StorySdk,
  place: WorkerPlace,
  options: GoWorkerOptions & PythonWorkerOptions,
): Promise<StoryWorker> {
  switch (sdk) {
    case 'python':
      return startPythonWorker(place, options);
    case 'typescript':
      return startTypeScriptWorker(place, options);
    case 'go':
      return startGoWorker(place, options);
  }
}
