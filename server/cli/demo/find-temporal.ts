import { buildTemporal, downloadTemporal, type Found, keptTemporal } from '#server/cli/demo/get-temporal.ts';
import { findProgram, isExecutable } from '#server/cli/demo/find-program.ts';
import type { StartOutcome, TemporalServer } from '#server/cli/demo/temporal-server.ts';
import type { Progress } from '#server/cli/serve/progress.ts';
import { CodedError } from '#server/errors.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** One way to a Temporal development server. */
export interface Way {
  readonly name: string;
  readonly find: () => Promise<Found>;
}

export interface WaysInput {
  readonly env: Env;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** The ways in the order to try them. A program that the user named is the only way: another one would be a surprise. */
export function waysToTemporal(input: WaysInput): readonly Way[] {
  const { env, folder } = input;
  const named = env.PATCHBOARD_TEMPORAL_BIN;
  if (named) return [{ name: 'PATCHBOARD_TEMPORAL_BIN', find: () => existing(named, `${named} is no program`) }];
  return [
    {
      name: 'temporal on PATH',
      find: async () => {
        const path = await findProgram('temporal', env);
        return path === null ? { problem: 'not there' } : { path };
      },
    },
    { name: 'Temporal got by an earlier start', find: () => existing(keptTemporal(folder), 'none yet') },
    { name: 'download of Temporal', find: () => downloadTemporal(input) },
    { name: 'go install of Temporal', find: () => buildTemporal(input) },
  ];
}

async function existing(path: string, problem: string): Promise<Found> {
  return (await isExecutable(path)) ? { path } : { problem };
}

/**
 * Starts the first program whose server gives version sets, and says in one line what came of each way. Throws
 * `temporal-unreachable` when none works.
 */
export async function startFirstTemporal(
  ways: readonly Way[],
  start: (binary: string) => Promise<StartOutcome>,
  progress: Progress,
): Promise<TemporalServer> {
  for (const { name, find } of ways) {
    const found = await progress.step(`Looking for a Temporal server: ${name}`, find);
    const outcome = 'path' in found ? await progress.step(`Starting ${found.path}`, () => start(found.path)) : found;
    if ('server' in outcome) {
      progress.say(`Temporal: ${outcome.server.address} (${name})`);
      return outcome.server;
    }
    progress.say(`Temporal: ${name}: ${outcome.problem}`);
  }
  throw new CodedError(
    'temporal-unreachable',
    'no Temporal development server could be started; the lines above say what was tried.',
    'Install the Temporal CLI (https://docs.temporal.io/cli) or Go (https://go.dev/dl), or name a program with PATCHBOARD_TEMPORAL_BIN, and start again.',
  );
}
