import type { Client } from '@temporalio/client';
import type { Bundles } from '#server/cli/demo/bundles.ts';
import { type RunningWorker, startWorker, type WorkerInput } from '#server/cli/demo/workers.ts';

/** What both queues of the story play on. */
export interface Stage {
  readonly client: Client;
  readonly bundles: Bundles;
  readonly signal: AbortSignal;
  /** Starts a worker of this server and namespace; it is stopped with the story, if it was not stopped before. */
  readonly hire: (input: Omit<WorkerInput, 'address' | 'namespace'>) => Promise<RunningWorker>;
}

export interface StageInput {
  readonly address: string;
  readonly namespace: string;
  readonly client: Client;
  readonly bundles: Bundles;
  readonly onWorkerFailure: (error: Error) => void;
}

export function createStage(input: StageInput): {
  stageFor: (signal: AbortSignal) => Stage;
  dismissAll: () => Promise<void>;
} {
  const { address, namespace, client, bundles } = input;
  const workers = new Set<RunningWorker>();
  const hire: Stage['hire'] = async (worker) => {
    const running = await startWorker({ ...worker, address, namespace }, input.onWorkerFailure);
    const dismissible = {
      stop: async () => {
        workers.delete(dismissible);
        await running.stop();
      },
    };
    workers.add(dismissible);
    return dismissible;
  };
  return {
    stageFor: (signal) => ({
      client,
      bundles,
      signal,
      hire: (worker) => {
        signal.throwIfAborted();
        return hire(worker);
      },
    }),
    dismissAll: async () => {
      await Promise.all([...workers].map((worker) => worker.stop()));
    },
  };
}
