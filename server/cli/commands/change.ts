import { type Command, InvalidArgumentError } from 'commander';
import { type OperationOptions, operationFrom } from '#server/cli/change-operation.ts';
import { localDesk, remoteDesk } from '#server/cli/change-desk.ts';
import { actorOf } from '#server/cli/actor.ts';
import type { CliDeps } from '#server/cli/command.ts';
import { requireSharedStore } from '#server/cli/require-shared-store.ts';
import { runChange } from '#server/cli/run-change.ts';
import { withoutCensus } from '#server/cli/without-census.ts';
import { CHANGE_TIMING } from '#server/usecases/changes/timing.ts';

interface ChangeOptions extends OperationOptions {
  readonly queue: string;
  readonly namespace?: string;
  readonly reason: string;
  readonly expectDigest?: string;
  readonly dryRun?: true;
  readonly confirm?: string;
  readonly server?: string;
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
      'Change version sets: plan, record, write once, read back. Exit code 0 stored or already so, 1 refused or conflict, ' +
        '2 unconfirmed, not taken up in time or internal failure, 3 usage or connection.',
    )
    .requiredOption('--queue <name>', 'task queue')
    .option('--namespace <name>', 'namespace (default: the configured one)')
    .option('--add-new-default <build>', 'add a build ID as a new set, and make it queue default')
    .option('--add-compatible <build>', 'add a build ID to the set of --with, as its default')
    .option('--promote-set <build>', 'make the set of a build ID queue default')
    .option('--promote-build <build>', 'make a build ID the default of its set')
    .option('--merge-sets <build>', 'merge the set of --with into the set of this build ID')
    .option(
      '--undo <change>',
      'take back the change of this id (`GET /api/v1/changes` and the history on the pages have it)',
    )
    .option('--with <build>', 'the other build ID of --add-compatible and --merge-sets')
    .option('--as-queue-default', 'with --add-compatible: also make the set queue default')
    .option('--reason <text>', 'why, in your words', '')
    .option('--expect-digest <digest>', 'go on only if the sets still have this digest')
    .option('--dry-run', 'print the plan and write nothing')
    .option('--confirm <build>', 'the build ID again, where no worker polls with it: its work will wait')
    .option(
      '--server <url>',
      'let this Patchboard plan and apply (else PATCHBOARD_DATABASE_URL names its store)',
      serverUrl,
    )
    .option('--wait-taken-up <seconds>', 'wait for a worker of the new default to poll', seconds)
    .option('--json', 'print as JSON')
    .action(async (options: ChangeOptions) => {
      const operation = operationFrom(options);
      if ('problem' in operation) return command.error(`error: ${operation.problem}`);
      if (options.server !== undefined) {
        const { server, namespace = null } = options;
        const actor = actorOf(deps.env);
        const desk = await remoteDesk({ server, namespace, actor, signal: deps.signal });
        return deps.exit(await runChange(desk, deps, wishOf(options), operation));
      }
      const ctx = withoutCensus(await deps.openCtx());
      if (options.dryRun === undefined) requireSharedStore(ctx, 'let the server do it with --server URL');
      const namespace = options.namespace ?? ctx.config.temporal.namespace;
      const takeUpMs = options.waitTakenUp === undefined ? CHANGE_TIMING.takeUpMs : options.waitTakenUp * 1_000;
      try {
        deps.exit(await runChange(localDesk(ctx, namespace, takeUpMs), deps, wishOf(options), operation));
      } finally {
        await ctx.changes.stop();
      }
    });
}

function wishOf(options: ChangeOptions) {
  const { dryRun = false, json = false, waitTakenUp = null, expectDigest = null, confirm = null } = options;
  return { queue: options.queue, reason: options.reason, dryRun, json, waitTakenUp, expectDigest, confirm };
}

function serverUrl(text: string): string {
  const url = URL.parse(text);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('Give the address of Patchboard, e.g. http://127.0.0.1:3000.');
}

function seconds(text: string): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= MAX_WAIT_SECONDS) return value;
  throw new InvalidArgumentError(`Give whole seconds from 1 to ${MAX_WAIT_SECONDS}, e.g. 90.`);
}
