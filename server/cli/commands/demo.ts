import type { Command } from 'commander';
import type { CliDeps } from '#server/cli/command.ts';

/** The demo brings workers and a bundler: they are loaded only when asked for. */
export function registerDemo(program: Command, deps: CliDeps): void {
  program
    .command('demo')
    .description('show Patchboard on a Temporal server of its own, where workers live the versioning guide’s story')
    .action(async () => {
      const { runDemo } = await import('#server/cli/demo/run-demo.ts');
      await runDemo(deps);
    });
}
