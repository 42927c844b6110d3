import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const logger = new DefaultLogger('ERROR');

export interface LensWorkers extends AsyncDisposable {
  /** A worker of a version set. `changed`: with the code that cannot replay the runs of the other. */
  readonly start: (buildId: string, code: 'lens-workflows' | 'lens-workflows-changed') => Promise<AsyncDisposable>;
}

/** Real TypeScript workers on one queue of one namespace. */
export async function lensWorkers(address: string, namespace: string, taskQueue: string): Promise<LensWorkers> {
  Runtime.install({ logger });
  const connection = await NativeConnection.connect({ address });
  return {
    start: async (buildId, code) => {
      const workflowBundle = await bundleWorkflowCode({
        workflowsPath: join(import.meta.dirname, `${code}.ts`),
        logger,
      });
      const worker = await Worker.create({
        connection,
        namespace,
        taskQueue,
        workflowBundle,
        buildId,
        useVersioning: true,
        identity: `worker of ${buildId}`,
        activities: { ship: async () => undefined },
      });
      const working = worker.run();
      return {
        [Symbol.asyncDispose]: async () => {
          worker.shutdown();
          await working;
        },
      };
    },
    [Symbol.asyncDispose]: () => connection.close(),
  };
}
