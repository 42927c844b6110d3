import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  DefaultLogger,
  makeTelemetryFilterString,
  NativeConnection,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { newIdentity, type StoryWorker, type StoryWorkerOptions, type WorkerPlace } from './story-worker.ts';

const logger = new DefaultLogger('ERROR');
let isInstalled = false;

/** The SDK's runtime can be set up once in a process; its own level logs every task that fails, as some here shall. */
export function installQuietRuntime(): void {
  if (isInstalled) return;
  isInstalled = true;
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({ logger, telemetryOptions: { logging: { filter } } });
}

const bundles = new Map<string, Promise<WorkflowBundleWithSourceMap>>();

/** The bundle of one code of the stories, made once in a process. */
export function storyBundle(code: string): Promise<WorkflowBundleWithSourceMap> {
  const made = bundles.get(code);
  if (made !== undefined) return made;
  const workflowsPath = fileURLToPath(new URL(`../stories/workflows/${code}.ts`, import.meta.url));
  const bundle = bundleWorkflowCode({ workflowsPath, logger });
  bundles.set(code, bundle);
  return bundle;
}

/** A TypeScript worker with one code of the stories, in this process: it ends with it. */
export async function startTypeScriptWorker(place: WorkerPlace, options: StoryWorkerOptions): Promise<StoryWorker> {
  installQuietRuntime();
  const identity = newIdentity('typescript', options.code);
  // A connection of its own: two workers on one queue cannot share one.
  const connection = await NativeConnection.connect({ address: place.address });
  const worker = await Worker.create({
    connection,
    namespace: place.namespace,
    taskQueue: place.taskQueue,
    identity,
    workflowBundle: await storyBundle(options.code),
    ...(options.isSticky === true ? {} : { maxCachedWorkflows: 0 }),
    ...(options.buildId === undefined ? {} : { buildId: options.buildId }),
  });
  let ended: string | undefined;
  const working = worker.run().then(
    () => void (ended = `${identity} was shut down`),
    (error: unknown) => void (ended = `${identity} ended: ${String(error)}`),
  );
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    if (ended === undefined) worker.shutdown();
    await working;
    await connection.close();
  };
  const stopOnce = () => (stopping ??= stop());
  return { identity, whyEnded: () => ended, stop: stopOnce, [Symbol.asyncDispose]: stopOnce };
}
