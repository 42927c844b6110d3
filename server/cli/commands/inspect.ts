import { addAbortSignal } from 'node:stream';
import type { Command } from 'commander';
import { escapeText } from '#lib/format/escape-text.ts';
import { type CliDeps, EXIT } from '#server/cli/command.ts';
import { inspectText } from '#server/cli/commands/inspect-text.ts';
import { hasCode, isCodedError } from '#server/errors.ts';
import { inspectFile } from '#server/usecases/inspect/inspect-file.ts';

/** `patchboard inspect FILE… [--json]`: what histories say of patches. Needs no Temporal and no store. */
export function registerInspect(program: Command, deps: CliDeps): void {
  program
    .command('inspect')
    .description('Read history files: which patches a run recorded, by which builds.')
    .argument(
      '<file...>',
      'JSON (command line, SDKs, Temporal UI) or binary protobuf, gzip or not; - is standard input',
    )
    .option('--json', 'print one JSON object a line')
    .action((files: string[], options: { json?: boolean }) => inspect(deps, files, options.json === true));
}

async function inspect(deps: CliDeps, files: readonly string[], asJson: boolean): Promise<void> {
  const { signal } = deps;
  // Ended with the command: a terminal's standard input has no end of its own.
  const stdin = () => addAbortSignal(signal, process.stdin);
  for (const file of files) {
    try {
      const report = await inspectFile({ stdin, signal }, { file });
      deps.write(asJson ? `${JSON.stringify(report)}\n` : inspectText(report));
    } catch (error) {
      // A bad file says nothing of the next one; the exit code tells at the end.
      if (!isCodedError(error) || hasCode(error, 'aborted')) throw error;
      deps.writeError(`patchboard: ${escapeText(error.message)}\n${error.hint}\n`);
      deps.exit(EXIT.usage);
    }
  }
}
