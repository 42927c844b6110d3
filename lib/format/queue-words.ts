import { formatCount } from '#lib/format/count.ts';
import type { Phrase } from '#lib/format/phrase.ts';

/** The parts of a queue as the API sends it (`taskQueueSchema`) that its sentences rest on. */
export interface QueueFacts {
  /** Queue default first; inside a set oldest first, set default last. */
  readonly versionSets: readonly SetFacts[];
  readonly unversioned: {
    readonly openRuns: number | null;
    readonly pollers: number;
    readonly unregistered: readonly { readonly identity: string }[];
  };
  readonly pollers: readonly unknown[];
  readonly family: 'on' | 'off' | 'unknown';
}

export interface SetFacts {
  readonly isQueueDefault: boolean;
  readonly openRuns: number | null;
  readonly buildIds: readonly { readonly buildId: string; readonly isSetDefault: boolean; readonly pollers: number }[];
}

export interface Said {
  /** Something waits or gets nothing. False claims nothing: these words never say “safe”. */
  readonly needsAttention: boolean;
  readonly phrase: Phrase;
}

/** The queue page's opening sentence: where new runs start, then what waits, then what stays elsewhere. */
export function queueSentence(queue: QueueFacts): Said {
  if (queue.family === 'off') return said(false, 'Version sets are off in this namespace.');
  if (queue.family === 'unknown') return said(false, 'Whether version sets are on here is not known.');
  const troubles = [...waitingRuns(queue), ...unregisteredWorkers(queue)];
  const phrases = [newRuns(queue), ...(troubles.length > 0 ? troubles : stayingRuns(queue))];
  return {
    needsAttention: troubles.length > 0 || isNobodyThereForNewRuns(queue),
    phrase: phrases.flatMap((phrase, index) => (index === 0 ? phrase : [' ', ...phrase])),
  };
}

/** Whether neither Temporal nor the picture knows anything of the queue: perhaps its name is mistyped. */
export function isUnheardOf({ versionSets, unversioned, pollers }: QueueFacts): boolean {
  return versionSets.length === 0 && pollers.length === 0 && (unversioned.openRuns ?? 0) === 0;
}

/** What one build ID does in its set: only what the sets, exact counts and pollers prove. */
export function buildSentence(set: SetFacts, build: SetFacts['buildIds'][number]): Said {
  if (!build.isSetDefault) return said(false, 'Gets nothing: this set’s default has taken over its runs.');
  const open = set.openRuns;
  const isWaiting = build.pollers === 0;
  const wait = isWaiting ? ', but no worker polls with it: they wait.' : '.';
  if (set.isQueueDefault) {
    const also = open === null || open === 0 ? '' : ` and this set’s ${formatCount(open, 'open run')}`;
    return said(isWaiting, `Takes all new runs${also}${wait}`);
  }
  if (open === null) return said(false, 'Takes this set’s open runs; how many is not known yet.');
  if (open === 0) return said(false, 'Gets nothing now: this set has no open run.');
  return said(isWaiting, `Takes this set’s ${formatCount(open, 'open run')}${wait}`);
}

/** What the unversioned side of the queue does. */
export function unversionedSentence(queue: QueueFacts): Said {
  const { versionSets, unversioned, family } = queue;
  const { openRuns, pollers } = unversioned;
  // Sets may exist unseen and take the new runs.
  if (family !== 'on') return said(false, 'Whether new runs come here is not known while version sets cannot be read.');
  if (isUnheardOf(queue)) return said(false, 'No worker polls here and no run is open.');
  if (versionSets.length === 0) {
    if (pollers === 0) return said(true, 'All new runs come here, but no unversioned worker polls: they wait.');
    return said(false, 'Unversioned workers take all runs of this queue.');
  }
  if (openRuns === null)
    return said(false, 'Keeps the runs that started before the first set; how many is not known yet.');
  if (openRuns === 0) return said(false, 'No open run is left here. New runs start on the queue default.');
  const runs = formatCount(openRuns, 'open run');
  if (pollers === 0) return said(true, `${runs} without version, but no unversioned worker polls: they wait.`);
  return said(false, `Unversioned workers must stay: ${runs} without version ${openRuns === 1 ? 'is' : 'are'} left.`);
}

function said(needsAttention: boolean, ...phrase: Phrase): Said {
  return { needsAttention, phrase };
}

function defaultOf(set: SetFacts) {
  return set.buildIds.find((build) => build.isSetDefault);
}

function isNobodyThereForNewRuns({ versionSets, unversioned }: QueueFacts): boolean {
  const [first] = versionSets;
  return first === undefined ? unversioned.pollers === 0 : (defaultOf(first)?.pollers ?? 0) === 0;
}

function newRuns(queue: QueueFacts): Phrase {
  const [first] = queue.versionSets;
  const isWaiting = isNobodyThereForNewRuns(queue);
  if (first === undefined) {
    return isWaiting
      ? ['This queue has no version sets, and no unversioned worker polls: new runs wait.']
      : ['This queue has no version sets: unversioned workers take all its runs.'];
  }
  const build = defaultOf(first);
  if (build === undefined) return ['The queue default set is empty: where new runs start is not known.'];
  const name = { name: build.buildId };
  return isWaiting
    ? ['New runs start on ', name, ', but no worker polls with it: they wait.']
    : ['New runs start on ', name, '.'];
}

function waitingRuns({ versionSets, unversioned }: QueueFacts): Phrase[] {
  const older = versionSets.flatMap((set): Phrase[] => {
    const build = defaultOf(set);
    if (set.isQueueDefault || build === undefined || build.pollers > 0 || (set.openRuns ?? 0) === 0) return [];
    return [[`${runsOf(set.openRuns)} wait: no worker polls with `, { name: build.buildId }, '.']];
  });
  if (versionSets.length === 0 || unversioned.pollers > 0 || (unversioned.openRuns ?? 0) === 0) return older;
  return [...older, [`${runsOf(unversioned.openRuns)} without version wait: no unversioned worker polls.`]];
}

function unregisteredWorkers({ unversioned }: QueueFacts): Phrase[] {
  const workers = new Set(unversioned.unregistered.map((poller) => poller.identity)).size;
  if (workers === 0) return [];
  const who = formatCount(workers, 'worker polls', 'workers poll');
  return [[`${who} with a build ID that is in no set and ${workers === 1 ? 'gets' : 'get'} nothing.`]];
}

function stayingRuns({ versionSets, unversioned }: QueueFacts): Phrase[] {
  if (versionSets.length === 0) return [];
  const counts = [...versionSets.slice(1).map((set) => set.openRuns), unversioned.openRuns];
  if (counts.includes(null)) return [['How many open runs are left elsewhere is not known yet.']];
  const total = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  if (total === 0) return [['No open run is left on another set.']];
  const where = unversioned.openRuns === total ? 'unversioned workers' : 'older builds';
  return [[`${runsOf(total)} ${total === 1 ? 'stays' : 'stay'} with ${where}.`]];
}

function runsOf(count: number | null): string {
  return formatCount(count ?? 0, 'open run');
}
