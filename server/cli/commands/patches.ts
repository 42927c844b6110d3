import type { Command } from 'commander';
import type { PatchCounts, PatchItem, PatchList } from '#lib/api/patches/schemas.ts';
import { formatNumber } from '#lib/format/count.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { alarmWords, stageWords } from '#lib/format/patch-words.ts';
import { ANSWER_WORDS } from '#lib/format/verdict-words.ts';
import type { CliDeps } from '#server/cli/command.ts';
import { makePicture } from '#server/cli/make-picture.ts';
import { pictureText } from '#server/cli/picture-text.ts';
import { textTable } from '#server/cli/text-table.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { listPatches } from '#server/usecases/patches/list-patches.ts';

/** The most that the list gives at a time. */
const PAGE_SIZE = 1_000;

interface PatchesOptions {
  readonly namespace?: string;
  readonly json?: true;
}

/** `patches`: every patch of open runs and of memory, with what open runs hold of it. Exit 0, or 3 for usage and connection. */
export function registerPatches(program: Command, deps: CliDeps): void {
  program
    .command('patches')
    .description('List the patches that open runs recorded, or that were seen before, with counts and answers.')
    .option('--namespace <name>', 'namespace to look into (default: the configured one)')
    .option('--json', 'print the list as JSON')
    .action(async (options: PatchesOptions) => {
      const ctx = await deps.openCtx();
      const namespace = options.namespace ?? ctx.config.temporal.namespace;
      await makePicture(ctx, namespace, deps, ctx.signal);
      const list = await allPatches(ctx, namespace);
      deps.write(options.json ? `${JSON.stringify(list)}\n` : listText(list, ctx.now()));
    });
}

async function allPatches(ctx: Ctx, namespace: string): Promise<PatchList> {
  const items: PatchItem[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await listPatches(ctx, { namespace, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) });
    items.push(...page.items);
    if (page.nextCursor === null) return { ...page, items };
    cursor = page.nextCursor;
  }
}

function listText({ items, picture }: PatchList, nowMs: number): string {
  if (items.length === 0) return `No patch in open runs, and none was seen before.\n${pictureText(picture, nowMs)}`;
  const table = textTable<PatchItem>(
    [
      { title: 'PATCH', value: (patch) => patch.id },
      { title: 'KIND', value: (patch) => patch.kind },
      { title: 'STAGE', value: ({ kind, stage }) => stageWords(kind, stage) },
      { title: 'ANSWERS', value: answersText },
      { title: 'OPEN RUNS', value: ({ totals }) => formatNumber(totals.openRuns), align: 'right' },
      { title: 'WITH MARKER', value: ({ totals }) => markersText(totals) },
      { title: 'WITHOUT', value: ({ totals }) => formatNumber(totals.withoutMarker), align: 'right' },
      { title: 'NOT KNOWN', value: ({ totals }) => formatNumber(totals.notRead + totals.unreadable), align: 'right' },
      { title: 'WORKFLOW TYPES', value: (patch) => patch.workflowTypes.join(', ') },
    ],
    items,
  );
  return `${table}\n${alarmsText(items)}${pictureText(picture, nowMs)}`;
}

function alarmsText(items: readonly PatchItem[]): string {
  const lines = items.flatMap(({ id, kind, alarms }) =>
    alarms.map((alarm) => `${escapeText(id)} (${kind}): ${alarmWords(alarm)}\n`),
  );
  return lines.length === 0 ? '' : `${lines.join('')}\n`;
}

/** What a check gathered is marked; the rest is what the picture shows by itself, which is never safe. */
function answersText({ answers }: PatchItem): string {
  const words = answers.map(({ question, min, answer, source }) => {
    const version = min === null ? '' : ` ${min}`;
    const asked = source === 'asked' ? ' (asked)' : '';
    return `${question}${version} ${ANSWER_WORDS[answer].icon} ${ANSWER_WORDS[answer].word}${asked}`;
  });
  return words.length === 0 ? 'nothing to ask' : words.join(', ');
}

function markersText({ live, deprecated, versions }: PatchCounts): string {
  const parts = versions.map(({ version, openRuns }) => `${formatNumber(openRuns)} at version ${version}`);
  if (live > 0) parts.push(`${formatNumber(live)} live`);
  if (deprecated > 0) parts.push(`${formatNumber(deprecated)} deprecated`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}
