import type { PollerItem, TaskQueue, VersionSetItem } from '#lib/api/task-queues/schemas.ts';
import { formatCount, formatNumber } from '#lib/format/count.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { phraseText } from '#lib/format/phrase.ts';
import { buildSentence, type SetSurroundings } from '#lib/format/queue-words.ts';
import { formatRelative } from '#lib/format/relative-time.ts';
import { type TextColumn, textTable } from '#server/cli/text-table.ts';

type BuildItem = VersionSetItem['buildIds'][number];

/** The queue as a person reads it: one lane for each set, queue default first, then what is outside the sets. */
export function queueText(queue: TaskQueue): string {
  const nowMs = Date.parse(queue.asOf);
  const lanes = queue.versionSets.map((set, index) => laneText(queue, set, index, nowMs));
  return [
    `Task queue ${escapeText(queue.name)}\n`,
    ...(lanes.length === 0 ? [noSetsText(queue)] : lanes),
    unversionedText(queue, nowMs),
    ...(queue.unversioned.unregistered.length === 0 ? [] : [strangersText(queue.unversioned.unregistered, nowMs)]),
    `Digest ${queue.digest}\n`,
  ].join('\n');
}

function laneText(queue: TaskQueue, set: VersionSetItem, index: number, nowMs: number): string {
  const total = queue.versionSets.length;
  const role = set.isQueueDefault ? 'queue default, takes new runs' : 'takes no new runs';
  const title = `Set ${index + 1} of ${total}: ${role}, ${runs(set.openRuns)}\n`;
  // The set default is what counts: it stands first for the eye, last on the server.
  return title + textTable(buildColumns(nowMs), set.buildIds.toReversed()) + sentences(queue, set);
}

/** Without the picture of all queues and the record nothing is known of what else may need a set; the pages know more. */
const ALONE: SetSurroundings = { queuesThatMaySend: null, isLongSo: null };

function sentences(queue: TaskQueue, set: VersionSetItem): string {
  return set.buildIds
    .filter((build) => build.isSetDefault)
    .map((build) => {
      const { needsAttention, phrase } = buildSentence(queue, set, build, ALONE);
      return `${needsAttention ? '!' : '-'} ${escapeText(build.buildId)}: ${phraseText(phrase)}\n`;
    })
    .join('');
}

function buildColumns(nowMs: number): TextColumn<BuildItem>[] {
  return [
    { title: 'BUILD ID', value: (build) => build.buildId },
    { title: 'ROLE', value: (build) => (build.isSetDefault ? 'set default' : 'superseded') },
    {
      title: 'OPEN RUNS TOUCHED',
      align: 'right',
      value: (build) => (build.openRunsTouched === null ? '?' : formatNumber(build.openRunsTouched)),
    },
    { title: 'WORKERS', align: 'right', value: (build) => formatNumber(build.pollers) },
    { title: 'LAST POLL', value: (build) => seen(build.lastPollAt, nowMs) },
  ];
}

function noSetsText(queue: TaskQueue): string {
  if (queue.family === 'on') return 'No version sets: all runs go to unversioned workers.\n';
  return 'Version sets are off in this namespace (frontend.workerVersioningDataAPIs).\n';
}

function unversionedText({ unversioned }: TaskQueue, nowMs: number): string {
  const workers = formatCount(unversioned.pollers, 'worker');
  return `Unversioned: ${runs(unversioned.openRuns)}, ${workers}, last poll ${seen(unversioned.lastPollAt, nowMs)}\n`;
}

function strangersText(pollers: readonly PollerItem[], nowMs: number): string {
  const columns: TextColumn<PollerItem>[] = [
    { title: 'BUILD ID', value: (poller) => poller.buildId ?? '' },
    { title: 'WORKER', value: (poller) => poller.identity },
    { title: 'TASKS', value: (poller) => poller.taskKind },
    { title: 'LAST POLL', value: (poller) => seen(poller.lastPollAt, nowMs) },
  ];
  return `Polling with a build ID that is in no set, and getting nothing:\n${textTable(columns, pollers)}`;
}

function runs(count: number | null): string {
  return count === null ? 'open runs not known' : formatCount(count, 'open run');
}

function seen(at: string | null, nowMs: number): string {
  return at === null ? 'none seen' : formatRelative(Date.parse(at), nowMs);
}
