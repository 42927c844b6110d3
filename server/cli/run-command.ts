import { Command, CommanderError } from 'commander';
import { isCodedError } from '#server/errors.ts';
import { type CliDeps, EXIT } from '#server/cli/command.ts';
import { registerChange } from '#server/cli/commands/change.ts';
import { registerCheck } from '#server/cli/commands/check.ts';
import { registerDeclare } from '#server/cli/commands/declare.ts';
import { registerDemo } from '#server/cli/commands/demo.ts';
import { registerInspect } from '#server/cli/commands/inspect.ts';
import { registerPatches } from '#server/cli/commands/patches.ts';
import { registerQueue } from '#server/cli/commands/queue.ts';
import { registerRecord } from '#server/cli/commands/record.ts';
import { registerServe } from '#server/cli/commands/serve.ts';
import { registerStatus } from '#server/cli/commands/status.ts';
import { isConfigError } from '#server/config/load.ts';

const COMMANDS = [
  registerServe,
  registerDemo,
  registerStatus,
  registerQueue,
  registerChange,
  registerPatches,
  registerCheck,
  registerDeclare,
  registerInspect,
  registerRecord,
];

/** Runs one command line. Every failure becomes a message with the next step and exit code 3; no stack trace. */
export async function runCommand(args: readonly string[], deps: CliDeps): Promise<void> {
  const program = new Command('patchboard')
    .description('Where will work go, and may this code go? A console for Temporal version sets and patches.')
    .exitOverride()
    .configureOutput({ writeOut: deps.write, writeErr: deps.writeError })
    .showHelpAfterError('Run the command with --help to see what it takes.');
  for (const register of COMMANDS) register(program, deps);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    deps.exit(reportFailure(error, deps));
  }
}

function reportFailure(error: unknown, deps: CliDeps) {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (isCodedError(error) || isConfigError(error)) {
    deps.writeError(`patchboard: ${error.message}\n${isCodedError(error) ? `${error.hint}\n` : ''}`);
    return EXIT.usage;
  }
  const message = error instanceof Error ? error.message : String(error);
  deps.writeError(
    `patchboard: internal failure: ${message}\nThis is a defect of Patchboard; run again with PATCHBOARD_LOG=debug.\n`,
  );
  return EXIT.usage;
}
