import type { Command } from 'commander';
import type { Status } from '#lib/api/status/schemas.ts';
import { formatCount } from '#lib/format/count.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { type CliDeps, EXIT } from '#server/cli/command.ts';
import { makePicture } from '#server/cli/make-picture.ts';
import { pictureText } from '#server/cli/picture-text.ts';
import { hasCode, isCodedError } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { getStatus } from '#server/usecases/status/get-status.ts';

/** Status says how far a reading came; it does not wait for the end of a long one. */
const PICTURE_WITHIN_MS = 10_000;

interface StatusOptions {
  readonly namespace?: string;
  readonly json?: true;
}

/** `status`: what is connected, what the server allows, how complete the picture is. Exit 3 when Temporal cannot be asked. */
export function registerStatus(program: Command, deps: CliDeps): void {
  program
    .command('status')
    .description('Show the connection, the API families of the server and how complete the picture is.')
    .option('--namespace <name>', 'namespace to look into (default: the configured one)')
    .option('--json', 'print the status as JSON')
    .action(async (options: StatusOptions) => {
      const ctx = await deps.openCtx();
      const namespace = options.namespace ?? ctx.config.temporal.namespace;
      await beginPicture(ctx, namespace, deps);
      const status = await getStatus(ctx, { namespace });
      deps.write(options.json ? `${JSON.stringify(status)}\n` : statusText(status, ctx.now()));
      if (status.trouble !== null) deps.exit(EXIT.usage);
    });
}

/** What stops the reading is told by the status itself; only a name that does not exist, or the asker's end, ends the command. */
async function beginPicture(ctx: Ctx, namespace: string, deps: CliDeps): Promise<void> {
  const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(PICTURE_WITHIN_MS)]);
  try {
    await makePicture(ctx, namespace, deps, signal);
  } catch (error) {
    if (ctx.signal.aborted || hasCode(error, 'namespace-not-found') || !(isCodedError(error) || signal.aborted))
      throw error;
  }
}

function statusText(status: Status, nowMs: number): string {
  const { families, budgets } = status;
  const facts: readonly (readonly [string, string])[] = [
    [
      'Temporal',
      `${status.address}${status.tls ? ', TLS' : ', no TLS'}, server ${status.serverVersion ?? 'version not known'}`,
    ],
    ['Namespace', status.namespace],
    ['Version sets', familyText(families.versionSets)],
    ['Versioning rules', familyText(families.rules)],
    ['Worker deployments', familyText(families.deployments)],
    ['Budgets', `${budgets.visibilityPerSecond} visibility calls/s, ${budgets.historiesPerSecond} histories/s`],
    ['Changes', status.isReadOnly ? `read-only: ${status.readOnlyReason ?? ''}` : 'allowed'],
    ['Store', status.storePath],
    ['Record', recordText(status.record)],
    ['Patchboard', status.patchboardVersion],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const lines = facts.map(([name, value]) => `${name.padEnd(width)}  ${escapeText(value)}\n`).join('');
  const trouble = status.trouble && `! ${escapeText(status.trouble.message)}\n  ${escapeText(status.trouble.hint)}\n\n`;
  return `${trouble ?? ''}${lines}\n${pictureText(status.picture, nowMs)}`;
}

function recordText({ entries, head, trouble }: Status['record']): string {
  if (entries === null) return `not known: ${trouble ?? ''}`;
  return head === null ? 'no entry yet' : `${formatCount(entries, 'entry', 'entries')}, head ${head}`;
}

function familyText({ state, setting }: Status['families']['versionSets']): string {
  switch (state) {
    case 'on':
      return 'on';
    case 'off':
      return `off; turn on with ${setting}`;
    case 'unknown':
      return 'not known: the server could not be asked';
  }
}
