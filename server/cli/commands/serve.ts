import type { Command } from 'commander';
import type { CliDeps } from '#server/cli/command.ts';

/** `serve` and what it starts are loaded only when asked for: the other commands stay quick. */
export function registerServe(program: Command, deps: CliDeps): void {
  program
    .command('serve')
    .description('serve Patchboard for the Temporal server of your settings; builds first when the sources changed')
    .action(async () => {
      const { runServe } = await import('#server/cli/serve/run-serve.ts');
      await runServe(deps);
    });
}
