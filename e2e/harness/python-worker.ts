import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guidePython } from './python.ts';
import {
  newIdentity,
  startWorkerProcess,
  type StoryWorker,
  type StoryWorkerOptions,
  type WorkerPlace,
} from './story-worker.ts';

/** Where the stories' Python code stands. */
export const PYTHON_STORIES = fileURLToPath(new URL('../guide/stories/', import.meta.url));

export interface PythonWorkerOptions extends StoryWorkerOptions {
  /** Folder of the module, below the stories' own. */
  readonly codeFolder?: string;
}

/** Name of the Python module that holds a code. */
export function pythonModule(code: string): string {
  return code.replaceAll('-', '_');
}

export function codeFolderArgument(codeFolder: string): string {
  return `--code-folder=${join(PYTHON_STORIES, codeFolder)}`;
}

/** A Python worker with one code of the stories. */
export async function startPythonWorker(place: WorkerPlace, options: PythonWorkerOptions): Promise<StoryWorker> {
  const identity = newIdentity('python', options.code);
  const { codeFolder } = options;
  return startWorkerProcess(identity, {
    command: await guidePython(),
    args: [
      join(PYTHON_STORIES, 'story_worker.py'),
      place.address,
      place.namespace,
      place.taskQueue,
      pythonModule(options.code),
      `--identity=${identity}`,
      ...(options.buildId === undefined ? [] : [`--build-id=${options.buildId}`]),
      ...(options.isSticky === true ? ['--sticky'] : []),
      ...(codeFolder === undefined ? [] : [codeFolderArgument(codeFolder)]),
    ],
    env: { PYTHONDONTWRITEBYTECODE: '1' },
  });
}
