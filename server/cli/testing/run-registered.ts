import { Command, CommanderError } from 'commander';
import { type CliDeps, EXIT, type ExitCode } from '#server/cli/command.ts';
import type { Ctx } from '#server/usecases/context.ts';

interface Ran {
  readonly out: string;
  readonly err: string;
  /** null: the command set none, so the process would end with 0. */
  readonly code: ExitCode | null;
  readonly isOpened: boolean;
}

/** Runs one command in process; a usage error ends with 3, as in the frame, and every other failure is thrown. */
export async function runRegistered(
  register: (program: Command, deps: CliDeps) => void,
  args: readonly string[],
  openCtx: () => Ctx,
): Promise<Ran> {
  let [out, err] = ['', ''];
  let code: ExitCode | null = null;
  let isOpened = false;
  const program = new Command().exitOverride().configureOutput({ writeErr: (text) => void (err += text) });
  register(program, {
    env: {},
    openCtx: async () => {
      isOpened = true;
      return openCtx();
    },
    write: (text) => void (out += text),
    writeError: (text) => void (err += text),
    exit: (next) => void (code = next),
    signal: new AbortController().signal,
    hasColor: false,
  });
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = EXIT.usage;
  }
  return { out, err, code, isOpened };
}
