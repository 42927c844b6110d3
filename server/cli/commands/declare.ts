import { addAbortSignal } from 'node:stream';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { type Claim, declareRequestSchema } from '#lib/api/declarations/schemas.ts';
import { type CliDeps, EXIT } from '#server/cli/command.ts';
import { claimFrom, type ClaimOptions, FILED_CLAIMS, SPOKEN_CLAIMS, strayFlags } from '#server/cli/declare-claim.ts';
import { readClaims } from '#server/cli/declare-file.ts';
import { declarationsText } from '#server/cli/declare-text.ts';
import { requireSharedStore } from '#server/cli/require-shared-store.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { declareFacts } from '#server/usecases/declarations/declare-fact.ts';
import { listDeclarations } from '#server/usecases/declarations/list-declarations.ts';
import { withdrawFact } from '#server/usecases/declarations/withdraw-fact.ts';

interface DeclareOptions extends ClaimOptions {
  readonly namespace?: string;
  readonly note: string;
  readonly list?: true;
  readonly withdraw?: string;
  readonly json?: true;
}

type What = (typeof SPOKEN_CLAIMS)[number] | (typeof FILED_CLAIMS)[number];

/** `declare`: one claim that Temporal cannot tell, the list of them, or a withdrawal. Exit 0, or 3 for usage, connection or refusal. */
export function registerDeclare(program: Command, deps: CliDeps): void {
  // Ended with the command: a terminal's standard input has no end of its own.
  const stdin = () => addAbortSignal(deps.signal, process.stdin);
  const command = program
    .command('declare')
    .description(
      'Declare what Temporal cannot tell, for answers to rest on. PATCHBOARD_DATABASE_URL names the store of the server that ' +
        'answers. Exit code 0, or 3 for usage, connection or refusal.',
    )
    .addArgument(new Argument('[what]', 'what is claimed').choices([...SPOKEN_CLAIMS, ...FILED_CLAIMS]))
    .argument('[value]', 'manifest, replay-proof: a JSON file, - is standard input; callback: none, in-use or all-on')
    .option('--queue <name...>', 'task queue')
    .option('--patch <id>', 'patch id, or change id of GetVersion')
    .addOption(new Option('--kind <kind>', 'of --patch: patched, or GetVersion').choices(['core', 'version']))
    .addOption(
      new Option('--call <call>', 'floor: every worker runs at least this').choices(['patched', 'deprecate-patch']),
    )
    .option('--version <version>', 'floor: every worker records at least this version', wholeNumber)
    .option('--since <time>', 'floor, callback all-on: since when, e.g. 2026-11-20T08:00:00Z', timestamp)
    .option('--workflow-type <type...>', 'workflow types')
    .option('--build <build>', 'confirm: build ID on --queue')
    .option('--deployment-version <version>', 'confirm: deployment:build')
    .option('--list', 'print what is declared')
    .option('--withdraw <id>', 'take a declaration back')
    .option('--namespace <name>', 'namespace (default: the configured one)')
    .option('--note <text>', 'why, in your words', note, '')
    .option('--json', 'print as JSON')
    .action(async (what: What | undefined, value: string | undefined, options: DeclareOptions) => {
      const wish = wishFrom(what, value, options);
      if ('problem' in wish) return command.error(`error: ${wish.problem}`);
      const claims = 'file' in wish ? await readClaims(wish.what, wish.file, stdin, deps.signal) : wish.claims;
      const ctx = await deps.openCtx();
      const items = await carryOut(ctx, options, claims);
      deps.write(options.json ? `${JSON.stringify({ items })}\n` : declarationsText(items) || 'Nothing is declared.\n');
      deps.exit(EXIT.ok);
    });
}

type Wish =
  | { readonly problem: string }
  | { readonly what: (typeof FILED_CLAIMS)[number]; readonly file: string }
  | { readonly claims: readonly Claim[] };

function wishFrom(what: What | undefined, value: string | undefined, options: DeclareOptions): Wish {
  const wishes = [what !== undefined, options.list === true, options.withdraw !== undefined].filter(Boolean);
  if (wishes.length !== 1) return { problem: 'give one of a claim, --list and --withdraw ID' };
  if (what === undefined || what === 'manifest' || what === 'replay-proof') {
    const [stray] = strayFlags(options);
    if (stray !== undefined) return { problem: `${stray} does not belong here` };
    if (what === undefined) return { claims: [] };
    return value === undefined ? { problem: `${what} needs a file, or - for standard input` } : { what, file: value };
  }
  const claim = claimFrom(what, value, options);
  return 'problem' in claim ? claim : { claims: [claim] };
}

async function carryOut(ctx: Ctx, options: DeclareOptions, claims: readonly Claim[]) {
  const { namespace = ctx.config.temporal.namespace, note: why, list, withdraw } = options;
  if (list) return (await listDeclarations(ctx, { namespace })).items;
  requireSharedStore(ctx, 'declare this on the page of the patch');
  if (withdraw !== undefined) return [await withdrawFact(ctx, { namespace, id: withdraw })];
  return declareFacts(ctx, { namespace, note: why, claims });
}

function wholeNumber(text: string): number {
  if (!/^-?\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number, e.g. 2.');
  return Number(text);
}

/** A zone must be named: local time of a build machine is a guess. */
function timestamp(text: string): string {
  const isWithZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/i.test(text);
  const ms = isWithZone ? Date.parse(text) : NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Give a time with its zone, e.g. 2026-11-20T08:00:00Z.');
  return new Date(ms).toISOString();
}

function note(text: string): string {
  const parsed = declareRequestSchema.shape.note.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError(z.prettifyError(parsed.error));
  return parsed.data;
}
