import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGuideClient, type GuideClient } from './guide-client.ts';
import { startProcess } from './process.ts';
import { guidePython } from './python.ts';
import { waitFor } from './wait.ts';

/** 1 initial · 2 `patched("my-patch")` · 3 `deprecate_patch("my-patch")` · 4 neither. */
export type GuideStage = 1 | 2 | 3 | 4;

export interface GuideWorkerOptions {
  readonly taskQueue: string;
  readonly stage: GuideStage;
  /** Without it: the SDK's own default, a hash of the Python modules. */
  readonly buildId?: string;
  /** Opts in to version sets (`use_worker_versioning=True`); wants a buildId. Default false. */
  readonly isVersioned?: boolean;
  /** As pollers list it. Default pid@host. */
  readonly identity?: string;
}

export interface GuideWorker extends AsyncDisposable {
  readonly pid: number;
  /** Shuts down in an orderly way; resolves when its process is gone. */
  readonly stop: () => Promise<void>;
}

/** The guide's Python code, driven from the tests: workers of each stage, and the client. */
export interface Guide {
  readonly client: GuideClient;
  /** Resolves when the worker polls. */
  readonly startWorker: (options: GuideWorkerOptions) => Promise<GuideWorker>;
  /** The same, in another namespace of the same server. */
  readonly inNamespace: (name: string) => Promise<Guide>;
}

const FOLDER = fileURLToPath(new URL('../guide/', import.meta.url));
const START_TIMEOUT_MS = 60_000;

export async function createGuide(address: string, namespace = 'default'): Promise<Guide> {
  const python = await guidePython();
  return {
    inNamespace: (name) => createGuide(address, name),
    client: createGuideClient(python, join(FOLDER, 'client.py'), address, namespace),
    startWorker: async (options) => {
      const folder = mkdtempSync(join(tmpdir(), 'patchboard-worker-'));
      const logFile = join(folder, 'worker.log');
      const managed = startProcess({
        name: `Python worker, stage ${options.stage}, on ${options.taskQueue}`,
        command: python,
        args: [join(FOLDER, 'worker.py'), address, namespace, options.taskQueue, ...argumentsOf(options)],
        env: { PYTHONDONTWRITEBYTECODE: '1' },
        logFile,
      });
      const stop = async (): Promise<void> => {
        await managed.end();
        rmSync(folder, { recursive: true, force: true });
      };
      try {
        await waitFor(() => readFileSync(logFile, 'utf8').includes('"polls"') || undefined, {
          what: `${managed.name} starting to poll`,
          timeoutMs: START_TIMEOUT_MS,
          isHopeless: managed.whyEnded,
        });
      } catch (error) {
        await stop();
        throw error;
      }
      return { pid: managed.pid, stop, [Symbol.asyncDispose]: stop };
    },
  };
}

function argumentsOf(options: GuideWorkerOptions): string[] {
  return [
    String(options.stage),
    ...(options.buildId === undefined ? [] : [`--build-id=${options.buildId}`]),
    ...(options.isVersioned === true ? ['--versioned'] : []),
    ...(options.identity === undefined ? [] : [`--identity=${options.identity}`]),
  ];
}
