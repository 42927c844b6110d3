import { type Command, InvalidArgumentError } from 'commander';
import { type OperationOptions, operationFrom } from '#server/cli/change-operation.ts';
import type { CliDeps } from '#server/cli/command.ts';
import { runChange } from '#server/cli/run-change.ts';
import { withoutCensus } from '#server/cli/without-census.ts';

interface ChangeOptions extends OperationOptions {
  readonly queue: string;
  readonly namespace?: string;
  readonly reason: string;
  readonly expectDigest?: string;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly waitTakenUp?: number;
  readonly json?: true;
}

/** A worker that does not take up within this will not, whatever is waited for. */
const MAX_WAIT_SECONDS = 600;

/** `change`: one operation on a queue's version sets. Exit 0 stored or already so, 1 refused or conflict, 2 unconfirmed, 3 usage. */
export function registerChange(program: Command, deps: CliDeps): void {
  const command = program
    .command('change')
    .description(
      'Change version sets: plan, write once, read back. Exit code 0 stored or already so, 1 refused or conflict, ' +
        '2 unconfirmed, not taken up in time or internal failure, 3 usage or connection.',
    )
    .requiredOption('--queue <name>', 'task queue')
    .option('--namespace <name>', 'namespace (default: the configured one)')
    .option('--add-new-default <build>', 'add a build ID as a new set, and make it queue default')
    .option('--add-compatible <build>', 'add a build ID to the set of --with, as its default')
    .option('--promote-set <build>', 'make the set of a build ID queue default')
    .option('--promote-build <build>', 'make a build ID the default of its set')
    .option('--merge-sets <build>', 'merge the set of --with into the set of this build ID')
    .option('--with <build>', 'the other build ID of --add-compatible and --merge-sets')
    .option('--as-queue-default', 'with --add-compatible: also make the set queue default')
    .option('--reason <text>', 'why, in your words', '')
    .option('--expect-digest <digest>', 'go on only if the sets still have this digest')
    .option('--dry-run', 'print the plan and write nothing')
    .option('--yes', 'write')
    .option('--wait-taken-up <seconds>', 'wait for a worker of the new default to poll', seconds)
    .option('--json', 'print as JSON')
    .action(async (options: ChangeOptions) => {
      const operation = operationFrom(options);
      if ('problem' in operation) return command.error(`error: ${operation.problem}`);
      const ctx = withoutCensus(await deps.openCtx());
      try {
        deps.exit(await runChange(ctx, deps, wishOf(options), operation));
      } finally {
        await ctx.changes.stop();
      }
    });
}

function wishOf(options: ChangeOptions) {
  const { dryRun = false, yes = false, json = false, waitTakenUp = null, expectDigest = null } = options;
  return { ...options, dryRun, yes, json, waitTakenUp, expectDigest };
}

function seconds(text: string): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= MAX_WAIT_SECONDS) return value;
  throw new InvalidArgumentError(`Give whole seconds from 1 to ${MAX_WAIT_SECONDS}, e.g. 90.`);
}
