import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sourceStamp } from '#server/cli/serve/build-stamp.ts';
import { startChild } from '#server/cli/serve/child.ts';
import type { Progress } from '#server/cli/serve/progress.ts';
import { CodedError } from '#server/errors.ts';

export interface BuildInput {
  /** Root of the checkout. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** The compiler keeps its work in files; it needs no farewell. */
const STOP_LIMIT_MS = 5_000;

/** Root of the checkout that this file belongs to. */
export const CHECKOUT = join(import.meta.dirname, '..', '..', '..');

const NOT_BUILDABLE_HINT =
  'Run `npm run verify` to see what is wrong with the sources, or remove `.next` and start again.';

/** Makes the production build, unless the one that is there was made of exactly these sources. */
export async function ensureBuild(input: BuildInput): Promise<void> {
  const { root, progress } = input;
  const stampFile = join(root, '.next', 'patchboard-sources');
  const stamp = await sourceStamp(root);
  const built = await readFile(stampFile, 'utf8').catch(() => null);
  if (built === stamp && existsSync(standaloneFolder(root))) return;
  // First: a build that breaks off half-way must not look like the build of any sources.
  await rm(stampFile, { force: true });
  await progress.step('Building Patchboard (once, until its sources change)', () => build(input));
  await writeFile(stampFile, stamp);
}

export function standaloneFolder(root: string): string {
  return join(root, '.next', 'standalone');
}

async function build({ root, env, signal }: BuildInput): Promise<void> {
  signal.throwIfAborted();
  const child = startChild({
    command: process.execPath,
    args: [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
    cwd: root,
    env: { ...env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  const onAbort = () => void child.stop(STOP_LIMIT_MS);
  signal.addEventListener('abort', onAbort, { once: true });
  const { isSuccess, how } = await child.ended;
  signal.removeEventListener('abort', onAbort);
  signal.throwIfAborted();
  if (!isSuccess) {
    const report = child.lastLines().join('\n');
    throw new CodedError('internal', `the build failed (${how}):\n${report}`, NOT_BUILDABLE_HINT);
  }
  await addStaticFiles(root);
}

/** `output: 'standalone'` leaves these two folders to us (Next's documentation of `output`). */
async function addStaticFiles(root: string): Promise<void> {
  const standalone = standaloneFolder(root);
  await cp(join(root, '.next', 'static'), join(standalone, '.next', 'static'), { recursive: true });
  const publicFolder = join(root, 'public');
  if (existsSync(publicFolder)) await cp(publicFolder, join(standalone, 'public'), { recursive: true });
}
