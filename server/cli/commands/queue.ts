import type { Command } from 'commander';
import type { CliDeps } from '#server/cli/command.ts';
import { queueText } from '#server/cli/queue-text.ts';
import { withoutCensus } from '#server/cli/without-census.ts';
import { getTaskQueue } from '#server/usecases/task-queues/get-task-queue.ts';

interface QueueOptions {
  readonly namespace?: string;
  readonly json?: true;
}

/** `queue NAME`: where work of one task queue goes. A queue nobody knows prints as one without sets. */
export function registerQueue(program: Command, deps: CliDeps): void {
  program
    .command('queue')
    .description('Where will work go? Version sets, open runs and workers of one task queue.')
    .argument('<name>', 'task queue')
    .option('--namespace <name>', 'namespace (default: the configured one)')
    .option('--json', 'print as JSON')
    .action(async (name: string, options: QueueOptions) => {
      const ctx = withoutCensus(await deps.openCtx());
      const namespace = options.namespace ?? ctx.config.temporal.namespace;
      const queue = await getTaskQueue(ctx, { namespace, name });
      deps.write(options.json ? `${JSON.stringify(queue)}\n` : queueText(queue));
    });
}
