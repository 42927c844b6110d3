import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolFolder } from './cache.ts';
import { runCommand } from './command.ts';
import {
  newIdentity,
  startWorkerProcess,
  type StoryWorker,
  type StoryWorkerOptions,
  type WorkerPlace,
} from './story-worker.ts';
import { ToolMissingError } from './tool-missing.ts';

const SOURCES = fileURLToPath(new URL('../go/', import.meta.url));
const BINARY = process.platform === 'win32' ? 'stories.exe' : 'stories';
const BUILD_TIMEOUT_MS = 10 * 60_000;

export interface GoWorkerOptions extends StoryWorkerOptions {
  /** Payloads pass a codec, markers' too. Default false. */
  readonly isEncrypted?: boolean;
}

/** Path of the Go program with workers and replayer: built once, and again when one of its sources changes. */
export async function goStories(): Promise<string> {
  const folder = toolFolder(`go-stories-${sourcesHash()}`);
  const binary = join(folder, BINARY);
  if (existsSync(binary)) return binary;
  mkdirSync(dirname(folder), { recursive: true });
  // Built aside and moved into place, so that an interrupted build leaves no half program behind.
  const aside = mkdtempSync(`${folder}-`);
  try {
    const args = ['build', '-C', SOURCES, '-buildvcs=false', '-o', join(aside, BINARY), '.'];
    const end = await runCommand('go', args, {
      timeoutMs: BUILD_TIMEOUT_MS,
      progress: 'Building the Go workers (once; up to two minutes)',
    });
    if (end.code !== 0) {
      throw new ToolMissingError(
        `go build of e2e/go failed:\n${end.output}\nIt needs network once, and Go 1.26 or newer (go.dev/dl).`,
      );
    }
    if (!existsSync(binary)) renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return binary;
}

function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(SOURCES).toSorted()) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(SOURCES, name)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** A Go worker with the code of one stage. */
export async function startGoWorker(place: WorkerPlace, options: GoWorkerOptions): Promise<StoryWorker> {
  const identity = newIdentity('go', options.code);
  return startWorkerProcess(identity, {
    command: await goStories(),
    args: [
      'worker',
      `--address=${place.address}`,
      `--namespace=${place.namespace}`,
      `--queue=${place.taskQueue}`,
      `--stage=${options.code}`,
      `--identity=${identity}`,
      ...(options.buildId === undefined ? [] : [`--build-id=${options.buildId}`]),
      ...(options.isSticky === true ? ['--sticky'] : []),
      ...(options.isEncrypted === true ? ['--encrypted'] : []),
    ],
  });
}
