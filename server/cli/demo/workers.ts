import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

export interface WorkerInput {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly buildId: string;
  /** True: the worker takes part in version sets. False: it only stamps its build ID on what it completes. */
  readonly isVersioned: boolean;
  readonly bundle: string;
  readonly activities: Readonly<Record<string, (...args: never[]) => Promise<string>>>;
}

export interface RunningWorker {
  readonly stop: () => Promise<void>;
}

/** Polls a worker keeps open of each kind: the story has a handful of runs, and its server is in the same process tree. */
const POLLS = 2;

/** Starts a worker and returns once it polls. A worker that fails later is reported to `onFailure`. */
export async function startWorker(input: WorkerInput, onFailure: (error: Error) => void): Promise<RunningWorker> {
  installRuntime();
  // One connection for each worker: two workers of one queue may not share a connection.
  const connection = await NativeConnection.connect({ address: input.address });
  const worker = await createWorker(input, connection).catch(async (error: unknown) => {
    // An open connection would keep the process alive.
    await connection.close();
    throw error;
  });
  const ended = worker.run().catch(onFailure);
  return {
    stop: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
      await connection.close();
    },
  };
}

function createWorker(input: WorkerInput, connection: NativeConnection): Promise<Worker> {
  return Worker.create({
    connection,
    namespace: input.namespace,
    taskQueue: input.taskQueue,
    identity: `${input.taskQueue}-worker ${input.buildId}`,
    buildId: input.buildId,
    useVersioning: input.isVersioned,
    workflowBundle: { code: input.bundle },
    activities: input.activities,
    workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: POLLS },
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: POLLS },
  });
}

let isInstalled = false;

/** Once per process: the demo decides in which order things end, and reports failures itself. */
function installRuntime(): void {
  if (isInstalled) return;
  isInstalled = true;
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } },
    shutdownSignals: [],
    workerHeartbeatInterval: 0,
  });
}
