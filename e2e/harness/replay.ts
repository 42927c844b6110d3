import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { z } from 'zod';
import { runCommand } from './command.ts';
import { goStories } from './go-worker.ts';
import { guidePython } from './python.ts';
import { codeFolderArgument, PYTHON_STORIES, pythonModule } from './python-worker.ts';
import type { StorySdk } from './story-worker.ts';
import { installQuietRuntime, storyBundle } from './typescript-worker.ts';

/** One run's whole history. */
export interface RunHistory {
  readonly workflowId: string;
  readonly history: proto.temporal.api.history.v1.IHistory;
}

/** What the SDK's replayer said of one run; `error` null: the code replayed it. */
export interface Replayed {
  readonly workflowId: string;
  readonly error: string | null;
}

export interface ReplayOptions {
  /** Go alone: the histories' payloads passed the codec. */
  readonly isEncrypted?: boolean;
  /** Python alone: as for its worker. */
  readonly codeFolder?: string;
}

const REPLAY_TIMEOUT_MS = 60_000;
const replayedFiles = z.array(z.object({ file: z.string(), error: z.string().nullable() }));

/** Replays runs with one code by the SDK's own replayer. Throws when the replayer itself could not do its work. */
export async function replayRuns(
  sdk: StorySdk,
  code: string,
  runs: readonly RunHistory[],
  options: ReplayOptions = {},
): Promise<readonly Replayed[]> {
  if (runs.length === 0) return [];
  if (sdk === 'typescript') return replayInProcess(code, runs);
  const folder = mkdtempSync(join(tmpdir(), 'patchboard-replay-'));
  try {
    const files = runs.map((run, index) => writeHistory(folder, run, index));
    const [command, ...args] = sdk === 'go' ? await goReplayer(code, options) : await pythonReplayer(code, options);
    const end = await runCommand(command, [...args, ...files], {
      timeoutMs: REPLAY_TIMEOUT_MS,
      env: { PYTHONDONTWRITEBYTECODE: '1' },
    });
    if (end.code !== 0) throw new Error(`the ${sdk} replayer ended with ${end.code}:\n${end.output}`);
    const answers = new Map(replayedFiles.parse(JSON.parse(end.stdout)).map(({ file, error }) => [file, error]));
    return runs.map(({ workflowId }, index) => {
      const error = answers.get(files[index] ?? '');
      if (error === undefined) throw new Error(`the ${sdk} replayer said nothing of ${workflowId}`);
      return { workflowId, error };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function goReplayer(code: string, { isEncrypted = false }: ReplayOptions): Promise<[string, ...string[]]> {
  return [await goStories(), 'replay', '--stage', code, ...(isEncrypted ? ['--encrypted'] : [])];
}

async function pythonReplayer(code: string, { codeFolder }: ReplayOptions): Promise<[string, ...string[]]> {
  const folder = codeFolder === undefined ? [] : [codeFolderArgument(codeFolder)];
  return [await guidePython(), join(PYTHON_STORIES, 'replay.py'), pythonModule(code), ...folder];
}

/** As the server sent it: Temporal's JSON form of a history would be one more thing that may lose something. */
function writeHistory(folder: string, { history }: RunHistory, index: number): string {
  const file = join(folder, `${index}.bin`);
  writeFileSync(file, proto.temporal.api.history.v1.History.encode(history).finish());
  return file;
}

async function replayInProcess(code: string, runs: readonly RunHistory[]): Promise<readonly Replayed[]> {
  installQuietRuntime();
  const workflowBundle = await storyBundle(code);
  const answers: Replayed[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, runs)) {
    answers.push({ workflowId, error: error === undefined ? null : error.message });
  }
  if (answers.length !== runs.length) throw new Error('the typescript replayer did not answer for every run');
  return answers;
}
