import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findProgram, isExecutable } from '#server/cli/demo/find-program.ts';
import { type ChildInput, startChild } from '#server/cli/serve/child.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The newest version that `go install` can build (later ones hold a `replace`); it brings server 1.29.1. */
const TEMPORAL_CLI_VERSION = '1.5.1';

/** 60 MB in two minutes is 4 Mbit/s; a network that drops packets would otherwise hold the demo for ever. */
const DOWNLOAD_LIMIT_MS = 120_000;
/** A cold build takes 2 to 3 min on two cores. */
const BUILD_LIMIT_MS = 900_000;
/** Nothing to save: it may end at once. */
const STOP_LIMIT_MS = 2_000;

const FILE_ENDING = process.platform === 'win32' ? '.exe' : '';

export interface GetInput {
  /** The cache folder of this machine. */
  readonly folder: string;
  readonly env: Env;
  readonly signal: AbortSignal;
}

/** The program's path, or in one line why there is none. */
export type Found = { readonly path: string } | { readonly problem: string };

export function keptTemporal(folder: string): string {
  return join(folder, `temporal-cli-${TEMPORAL_CLI_VERSION}`, `temporal${FILE_ENDING}`);
}

/** Lets @temporalio/testing download the command, within a time limit. */
export function downloadTemporal(input: GetInput): Promise<Found> {
  const version = `v${TEMPORAL_CLI_VERSION}`;
  return intoCache(input, `temporal-${version}${FILE_ENDING}`, DOWNLOAD_LIMIT_MS, (folder) => ({
    command: process.execPath,
    args: [join(import.meta.dirname, 'download-temporal.ts'), folder, version],
    env: input.env,
  }));
}

/** Builds the command with Go, which gets the sources from the Go module proxy. */
export async function buildTemporal(input: GetInput): Promise<Found> {
  const go = await findProgram('go', input.env);
  if (go === null) return { problem: 'go is not on PATH' };
  return intoCache(input, `temporal${FILE_ENDING}`, BUILD_LIMIT_MS, (folder) => ({
    command: go,
    args: ['install', `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_CLI_VERSION}`],
    env: { ...input.env, GOBIN: folder },
  }));
}

/** Runs a program that leaves `file` in a fresh folder, and moves the file to its place only when it is whole. */
async function intoCache(
  input: GetInput,
  file: string,
  limitMs: number,
  program: (folder: string) => ChildInput,
): Promise<Found> {
  await mkdir(input.folder, { recursive: true });
  const unfinished = await mkdtemp(join(input.folder, 'unfinished-'));
  try {
    const problem = await runWithin(program(unfinished), limitMs, input.signal);
    // The program may fail after its work is done, for example when it tries what it got on a busy machine.
    if (!(await isExecutable(join(unfinished, file)))) return { problem: problem ?? 'it left no program' };
    const kept = keptTemporal(input.folder);
    await mkdir(dirname(kept), { recursive: true });
    await rename(join(unfinished, file), kept);
    return { path: kept };
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function runWithin(program: ChildInput, limitMs: number, signal: AbortSignal): Promise<string | null> {
  const child = startChild(program);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const onLimit = () => void child.stop(STOP_LIMIT_MS);
  limit.addEventListener('abort', onLimit, { once: true });
  const { isSuccess, how } = await child.ended;
  limit.removeEventListener('abort', onLimit);
  signal.throwIfAborted();
  if (limit.aborted) return `not done within ${limitMs / 1_000} s`;
  return isSuccess ? null : (child.lastLines().findLast((line) => line.trim() !== '') ?? how);
}
