import type { ChangeOutcome } from '#lib/domain/change-plan/types.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { formatCount } from '#lib/format/count.ts';
import type { Phrase } from '#lib/format/phrase.ts';
import { operationWords } from '#lib/format/plan-words.ts';

/** The parts of a list's item (`changeItemSchema`) that these words rest on. */
export type HistoryItem =
  | {
      readonly kind: 'change';
      readonly taskQueue: string;
      readonly operation: VersionSetOperation;
      readonly undoOf: string | null;
      readonly outcome: ChangeOutcome | null;
      readonly takenUp: { readonly is: boolean | null; readonly buildId: string | null };
      readonly startedAt: string;
    }
  | { readonly kind: 'outside'; readonly taskQueue: string; readonly to: string };

/** What a list can be narrowed to: how a change ended, under way, or made elsewhere. */
export const HISTORY_STATES = [
  'verified',
  'settling',
  'unconfirmed',
  'superseded',
  'outside',
  'refused',
  'conflict',
  'not-applied',
  'already-so',
] as const satisfies readonly (ChangeOutcome | 'settling' | 'outside')[];
export type HistoryState = ChangeOutcome | 'settling' | 'outside';

type Meaning = 'safe' | 'blocked' | 'unknown' | 'attention';
export interface Mark {
  readonly meaning: Meaning;
  readonly word: string;
}

/** One word for each end. Green only where Temporal was read and holds what was wished. */
export const STATE_MARKS: Readonly<Record<HistoryState, Mark>> = {
  verified: { meaning: 'safe', word: 'stored' },
  'already-so': { meaning: 'safe', word: 'already so' },
  refused: { meaning: 'blocked', word: 'refused' },
  conflict: { meaning: 'blocked', word: 'conflict' },
  superseded: { meaning: 'attention', word: 'overtaken' },
  'not-applied': { meaning: 'blocked', word: 'not applied' },
  unconfirmed: { meaning: 'attention', word: 'unconfirmed' },
  settling: { meaning: 'attention', word: 'settling' },
  outside: { meaning: 'attention', word: 'outside' },
};

export function stateOf(item: HistoryItem): HistoryState {
  if (item.kind === 'outside') return 'outside';
  return item.outcome ?? 'settling';
}

/** The second fact of a stored change: whether a worker took it up. null: there is nothing to take up. */
export function takenUpMark(item: HistoryItem): Mark | null {
  if (item.kind === 'outside' || item.takenUp.buildId === null) return null;
  if (item.outcome !== 'verified' && item.outcome !== 'already-so') return null;
  if (item.takenUp.is === null) return { meaning: 'unknown', word: 'waiting' };
  return item.takenUp.is ? { meaning: 'safe', word: 'taken up' } : { meaning: 'attention', word: 'not taken up' };
}

/** Whether an item leaves it open what a queue's sets are, or shows that somebody else decided. */
export function needsLook(item: HistoryItem): boolean {
  return NEEDS_LOOK.includes(stateOf(item));
}

const NEEDS_LOOK: readonly HistoryState[] = ['settling', 'unconfirmed', 'superseded', 'outside'];

/** What an item did, as a row's heading. An undo is told by what it did itself. */
export function itemWords(item: HistoryItem): string {
  if (item.kind === 'outside') return 'Changed outside Patchboard';
  return `${operationWords(item.operation)}${item.undoOf === null ? '' : ' (undo)'}`;
}

/** When it happened, RFC 3339: a change when it was begun, what happened outside when it was noticed. */
export function timeOf(item: HistoryItem): string {
  return item.kind === 'outside' ? item.to : item.startedAt;
}

const DAY_MS = 24 * 60 * 60_000;

const WROTE_NOTHING: readonly HistoryState[] = ['already-so', 'refused', 'conflict', 'not-applied'];

/** An attempt after which Temporal's sets are as they were. */
export function isInVain(item: HistoryItem): boolean {
  return WROTE_NOTHING.includes(stateOf(item));
}

/** Each queue's newest item that may have changed its sets. `items`: newest first. */
export function newestOfQueues<Item extends HistoryItem>(items: readonly Item[]): Item[] {
  const written = items.filter((item) => !isInVain(item));
  return written.filter((item) => written.find((other) => other.taskQueue === item.taskQueue) === item);
}

export interface HistoryOpening {
  readonly meaning: 'attention' | null;
  readonly phrase: Phrase;
}

/** The sentence of the history: how much changed in the last 24 hours, how the last change ended, and what needs a look. */
export function historyOpening(items: readonly HistoryItem[], hasMore: boolean, nowMs: number): HistoryOpening {
  const [last] = items;
  if (last === undefined) return { meaning: null, phrase: ['No change is on record.'] };
  const isRecent = (item: HistoryItem) => nowMs - Date.parse(timeOf(item)) < DAY_MS;
  const recent = items.filter(isRecent);
  const troubles = troublesOf(items, isRecent).filter(({ items: found }) => found.length > 0);
  // What the sentence has just said of the last one is not said twice; the advice is.
  const told = troubles.filter(({ items: found, isAdvice }) => isAdvice || found.length > 1 || found[0] !== last);
  return {
    meaning: troubles.length > 0 ? 'attention' : null,
    phrase: [
      `${countWords(recent, hasMore && recent.length === items.length)}; the last `,
      ...lastWords(last),
      '.',
      ...told.flatMap(({ phrase }): Phrase => [' ', ...phrase]),
    ],
  };
}

function countWords(recent: readonly HistoryItem[], isMore: boolean): string {
  const changes = recent.filter((item) => !isInVain(item)).length;
  const inVain = recent.length - changes;
  const attempts = inVain === 0 ? '' : ` and ${formatCount(inVain, 'attempt')} that wrote nothing`;
  if (changes === 0) return `No change in the last 24 hours${attempts.replace(' and', ', but')}`;
  return `${isMore ? 'At least ' : ''}${formatCount(changes, 'change')}${attempts} in the last 24 hours`;
}

const ENDS: Readonly<Record<ChangeOutcome | 'settling', string>> = {
  verified: 'is stored',
  'already-so': 'was so already',
  refused: 'was refused',
  conflict: 'was not written: the sets had changed',
  superseded: 'was overtaken by someone else’s change',
  'not-applied': 'was not applied',
  unconfirmed: 'is unconfirmed',
  settling: 'is still settling',
};

function lastWords(last: HistoryItem): Phrase {
  const queue = { name: last.taskQueue };
  if (last.kind === 'outside') return ['was made outside Patchboard, on ', queue];
  return [`one, “${itemWords(last)}” on `, queue, `, ${ENDS[last.outcome ?? 'settling']}`];
}

interface Trouble {
  readonly items: readonly HistoryItem[];
  readonly isAdvice: boolean;
  readonly phrase: Phrase;
}

/** What may need a look. A later change of the same queue answers what an earlier one left open. */
function troublesOf(items: readonly HistoryItem[], isRecent: (item: HistoryItem) => boolean): Trouble[] {
  const recent = items.filter(isRecent);
  const newest = newestOfQueues(items).filter(isRecent);
  const ofState = (among: readonly HistoryItem[], state: HistoryState) =>
    among.filter((item) => stateOf(item) === state);
  const settling = ofState(items, 'settling');
  const unconfirmed = ofState(newest, 'unconfirmed');
  const overtaken = ofState(newest, 'superseded');
  const outside = ofState(recent, 'outside');
  const waiting = newest.filter((item) => takenUpMark(item)?.meaning === 'attention');
  return [
    {
      items: settling,
      isAdvice: false,
      phrase: [`${formatCount(settling.length, 'change is', 'changes are')} still settling.`],
    },
    {
      items: unconfirmed,
      isAdvice: true,
      phrase: ['Look at the sets of ', ...queuesOf(unconfirmed), ': what was written there is not known.'],
    },
    {
      items: overtaken,
      isAdvice: true,
      phrase: ['Look at the sets of ', ...queuesOf(overtaken), ': they are not as planned.'],
    },
    {
      items: waiting,
      isAdvice: true,
      phrase: ['No worker has taken up the last change of ', ...queuesOf(waiting), '.'],
    },
    {
      items: outside,
      isAdvice: false,
      phrase: [`${formatCount(outside.length, 'change was', 'changes were')} made outside Patchboard.`],
    },
  ];
}

/** Queues that one sentence can name. */
const MOST_QUEUES = 3;

function queuesOf(items: readonly HistoryItem[]): Phrase {
  const names = [...new Set(items.map((item) => item.taskQueue))];
  const rest = names.length - MOST_QUEUES;
  const more = rest > 0 ? [` and ${formatCount(rest, 'other queue')}`] : [];
  const named = names.slice(0, MOST_QUEUES).flatMap((name, index) => [...(index === 0 ? [] : [', ']), { name }]);
  return [...named, ...more];
}
