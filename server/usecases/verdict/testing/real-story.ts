import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createCensus } from '#server/census/census.ts';
import { createTemporal } from '#server/temporal/client.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { StoryStep } from '#server/usecases/verdict/testing/story-workflow.ts';

const DAY_MS = 86_400_000;
const TASK_QUEUE = 'story';

export interface RealStory {
  readonly ctx: Ctx;
  readonly namespace: string;
  /** Starts a run and waits until its first workflow task is done. */
  readonly start: (workflowType: string, step: StoryStep) => Promise<WorkflowHandle>;
  /** Waits until visibility lists exactly so many open runs of a type, asked with Temporal's own client. */
  readonly untilListed: (workflowType: string, openRuns: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A namespace, one worker that calls its build `hand-made`, and runs that do with a patch what the test says. */
export async function openRealStory(address: string | undefined): Promise<RealStory> {
  if (!address) throw new Error('PATCHBOARD_TEST_ADDRESS must name a Temporal server; `npm test` starts one.');
  const namespace = `verdict-${randomUUID()}`;
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger });
  const [connection, native] = [await Connection.connect({ address }), await NativeConnection.connect({ address })];
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs(DAY_MS),
  });
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: join(import.meta.dirname, 'story-workflow.ts'),
    logger,
  });
  const options = { connection: native, namespace, taskQueue: TASK_QUEUE, workflowBundle, buildId: 'hand-made' };
  const worker = await untilKnown(() => Worker.create(options));
  const working = worker.run();
  const client = new Client({ connection, namespace });

  const signal = new AbortController().signal;
  const temporal = createTemporal({ address, namespace, apiKey: null, tls: null, metadata: {} });
  const base = testCtx(temporal, { signal });
  const census = createCensus({ ...base, now: Date.now });

  return {
    ctx: { ...base, census },
    namespace,
    start: async (workflowType, step) => {
      const workflowId = `${workflowType}-${randomUUID()}`;
      const handle = await untilKnown(() =>
        client.workflow.start(workflowType, { taskQueue: TASK_QUEUE, workflowId, args: [step] }),
      );
      await until(
        async () =>
          (await handle.fetchHistory()).events?.some((event) => event.workflowTaskCompletedEventAttributes) === true,
      );
      return handle;
    },
    untilListed: (workflowType, openRuns) =>
      until(async () => {
        const { count } = await client.workflow.count(`WorkflowType = '${workflowType}' AND CloseTime IS NULL`);
        return count === openRuns;
      }),
    stop: async () => {
      worker.shutdown();
      await working;
      await census.stop();
      temporal.close();
      await native.close();
      await connection.close();
    },
  };
}

/** Visibility lags and allows ten calls a second. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(300);
}

/** A new namespace is known to every part of the server only after its caches were refreshed. */
async function untilKnown<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!String(error).includes('not found') && !String((error as Error).cause).includes('not found')) throw error;
      await pause(200);
    }
  }
}
