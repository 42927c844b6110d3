import type { ClosedStatus } from '#lib/domain/history/events.ts';
import type { Author, LensFact } from '#lib/domain/run-lens/types.ts';
import { formatCount } from '#lib/format/count.ts';
import type { Phrase } from '#lib/format/phrase.ts';
import { formatDuration, formatRelative } from '#lib/format/relative-time.ts';
import { authorName, closedWord } from '#lib/format/run-entry-words.ts';

/** The parts of a run as the API sends it (`runSchema`) that its opening sentence rests on. Times in RFC 3339. */
export interface RunWordsFacts {
  readonly status: 'open' | ClosedStatus | null;
  readonly startTime: string | null;
  readonly closeTime: string | null;
  readonly endsBy: string | null;
  readonly isByReset: boolean;
  readonly lastWorker: Author | null;
  readonly patchCount: number;
  readonly unreadableMarkers: number;
  /** null: the newest workflow task did not fail by nondeterminism. */
  readonly nondeterminism: object | null;
  readonly eventsRead: number;
  readonly entries: readonly { readonly time: string; readonly author: Author | null; readonly fact: LensFact }[];
}

export interface RunOpening {
  /** null: the sentence judges nothing. */
  readonly meaning: 'blocked' | 'unknown' | null;
  readonly phrase: Phrase;
}

/** The sentence that a run's page opens with: open or how it ended, on which build, what it recorded, when it ends. */
export function runOpening(run: RunWordsFacts, nowMs: number): RunOpening {
  if (run.status === null) {
    const events = formatCount(run.eventsRead, 'event');
    return {
      meaning: 'unknown',
      phrase: [`Read in part: whether it is open is not known; in its first ${events} it `, recorded(run), '.'],
    };
  }
  if (run.status !== 'open') return { meaning: unreadable(run), phrase: closedPhrase(run, run.status, nowMs) };
  if (run.nondeterminism !== null) return { meaning: 'blocked', phrase: failingPhrase(run, nowMs) };
  return {
    meaning: unreadable(run),
    phrase: [
      `Open${lasting(run, nowMs)}`,
      ...onBuild(run.lastWorker),
      '; ',
      recorded(run),
      '; ',
      ends(run, nowMs),
      '.',
    ],
  };
}

/** A marker that cannot be read may be any patch's. */
function unreadable({ unreadableMarkers }: RunWordsFacts): 'unknown' | null {
  return unreadableMarkers === 0 ? null : 'unknown';
}

function lasting({ startTime }: RunWordsFacts, nowMs: number): string {
  return startTime === null ? '' : ` for ${formatDuration(nowMs - Date.parse(startTime))}`;
}

function onBuild(worker: Author | null): Phrase {
  if (worker === null) return [', no workflow task completed yet'];
  const name = authorName(worker);
  return name === null ? [' on a worker without build ID'] : [' on build ', { name }];
}

function recorded({ patchCount, unreadableMarkers }: RunWordsFacts): string {
  const patches = patchCount === 0 ? 'recorded no patch' : `recorded ${formatCount(patchCount, 'patch', 'patches')}`;
  return unreadableMarkers === 0
    ? patches
    : `${patches}, and ${formatCount(unreadableMarkers, 'marker')} that cannot be read`;
}

function ends({ endsBy }: RunWordsFacts, nowMs: number): string {
  if (endsBy === null) return 'no timeout ends it';
  const endMs = Date.parse(endsBy);
  return endMs <= nowMs ? 'its timeout is due' : `ends in ${formatDuration(endMs - nowMs)} at the latest`;
}

/** Later attempts of a failing task are not in the history: the first failure since the last completed task says since when. */
function failingPhrase(run: RunWordsFacts, nowMs: number): Phrase {
  const lastCompleted = run.entries.findLastIndex(({ fact }) => fact.kind === 'tasks-completed');
  const failures = run.entries
    .slice(lastCompleted + 1)
    .filter(({ fact }) => fact.kind === 'task-failed' && fact.isNondeterminism);
  const [first] = failures;
  return [
    `Failing${first === undefined ? '' : ` for ${formatDuration(nowMs - Date.parse(first.time))}`}: the code`,
    ...codeOf(failures.at(-1)?.author ?? null),
    ' does not match the history; ',
    recorded(run),
    '; ',
    ends(run, nowMs),
    '.',
  ];
}

function codeOf(worker: Author | null): Phrase {
  const build = worker && authorName(worker);
  if (build !== null) return [' of build ', { name: build }];
  const [identity] = worker?.identities ?? [];
  return identity === undefined ? [] : [' of worker ', { name: identity }];
}

function closedPhrase(run: RunWordsFacts, status: ClosedStatus, nowMs: number): Phrase {
  const { startTime, closeTime } = run;
  const when = closeTime === null ? '' : ` ${formatRelative(Date.parse(closeTime), nowMs)}`;
  const after =
    startTime === null || closeTime === null
      ? ''
      : ` after ${formatDuration(Date.parse(closeTime) - Date.parse(startTime))}`;
  return [
    `${closedWord(status, run.isByReset)}${when}${after}`,
    ...(run.lastWorker === null ? [', no workflow task completed'] : onBuild(run.lastWorker)),
    '; ',
    recorded(run),
    '.',
  ];
}
