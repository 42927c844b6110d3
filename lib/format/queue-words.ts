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
  readonly pollers: readonly PollerFacts[];
  readonly family: 'on' | 'off' | 'unknown';
}

interface PollerFacts {
  readonly taskKind: 'workflow' | 'activity';
  readonly buildId: string | null;
  readonly useVersioning: boolean;
  readonly deploymentVersion: string | null;
}

export interface SetFacts {
  readonly isQueueDefault: boolean;
  readonly openRuns: number | null;
  readonly buildIds: readonly BuildFacts[];
}

interface BuildFacts {
  readonly buildId: string;
  readonly isSetDefault: boolean;
}

/** What beyond the set's own runs decides whether it is still needed. null: not known, which proves nothing. */
export interface SetSurroundings {
  /**
   * Other queues with open runs that ran on a build ID of the set: their activities and children with the intent “compatible” come
   * to this set.
   */
  readonly queuesThatMaySend: number | null;
  /** The open runs were counted when the sets had stood for a while: no run was on its way to the set any more. */
  readonly isLongSo: boolean | null;
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

/**
 * What one build ID does in its set, in one sentence: only what the sets, exact counts and pollers prove. A set that takes no new run gains
 * open runs only from runs that it has, and from other queues; with neither, and long enough so, nothing open can need it again.
 */
export function buildSentence(queue: QueueFacts, set: SetFacts, build: BuildFacts, around: SetSurroundings): Said {
  if (!build.isSetDefault) return supersededSentence(queue, set);
  const open = set.openRuns;
  const nobody = nobodyWords(queue, build.buildId);
  if (set.isQueueDefault) return queueDefaultSentence(open, nobody);
  if (open === null) {
    const waits = nobody === null ? '' : ` If any are left they wait: ${nobody} with it.`;
    return said(false, `Finishes this set’s open runs; how many is not known yet.${waits}`);
  }
  if (open > 0) {
    const wait = nobody === null ? '.' : `, but ${nobody} with it: ${open === 1 ? 'it waits' : 'they wait'}.`;
    return said(nobody !== null, `Finishes ${formatCount(open, 'open run')}${wait}`);
  }
  return said(false, emptySetWords(around));
}

/** Its workers get no task whatever they poll. While nobody polls for the set they are what one would go back to. */
function supersededSentence(queue: QueueFacts, set: SetFacts): Said {
  const taker = defaultOf(set);
  const nobody = taker === undefined ? null : nobodyWords(queue, taker.buildId);
  if (nobody !== null) {
    return said(false, `Gets nothing: its set’s default has taken over, though ${nobody} with that one.`);
  }
  return said(false, 'Gets nothing: its set’s default has taken over. Its workers can be stopped.');
}

function queueDefaultSentence(open: number | null, nobody: string | null): Said {
  const isWaiting = nobody !== null;
  const wait = isWaiting ? `, but ${nobody} with it: they wait.` : '.';
  if (open === null) return said(isWaiting, `Takes all new runs${wait} How many open runs it has is not known yet.`);
  const also = open === 0 ? '' : ` and finishes ${formatCount(open, 'open run')}`;
  return said(isWaiting, `Takes all new runs${also}${wait}`);
}

/** The set takes no new run and has no open one. Closed runs are still queried, and reset, on the workers of their set. */
function emptySetWords({ queuesThatMaySend, isLongSo }: SetSurroundings): string {
  if (queuesThatMaySend !== null && queuesThatMaySend > 0) {
    const others = formatCount(queuesThatMaySend, 'other queue has', 'other queues have');
    return `No open run here, but ${others} open runs of its build IDs and may send it work.`;
  }
  if (isLongSo === false) return 'No open run now. The sets changed minutes ago: a run may still be on its way here.';
  if (isLongSo === null || queuesThatMaySend === null) {
    return 'No open run here; whether anything else needs it is not known yet.';
  }
  return 'Nothing open needs it: its workers can be stopped, unless closed runs are still queried.';
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
  if (pollers === 0) {
    const wait = openRuns === 1 ? 'it waits' : 'they wait';
    return said(true, `${runs} without version, but no unversioned worker polls: ${wait}.`);
  }
  return said(false, `Unversioned workers must stay: ${runs} without version ${openRuns === 1 ? 'is' : 'are'} left.`);
}

function said(needsAttention: boolean, ...phrase: Phrase): Said {
  return { needsAttention, phrase };
}

function defaultOf(set: SetFacts) {
  return set.buildIds.find((build) => build.isSetDefault);
}

/** Why runs wait for a worker of this build; null: they do not. An activity worker finishes no workflow task. */
function nobodyWords({ pollers }: QueueFacts, buildId: string): string | null {
  const kinds = pollers
    .filter((poller) => poller.useVersioning && poller.deploymentVersion === null && poller.buildId === buildId)
    .map((poller) => poller.taskKind);
  if (kinds.includes('workflow')) return null;
  return kinds.length > 0 ? 'no worker polls for workflow tasks' : 'no worker polls';
}

function isNobodyThereForNewRuns(queue: QueueFacts): boolean {
  const [first] = queue.versionSets;
  if (first === undefined) return queue.unversioned.pollers === 0;
  const build = defaultOf(first);
  return build === undefined || nobodyWords(queue, build.buildId) !== null;
}

function newRuns(queue: QueueFacts): Phrase {
  const [first] = queue.versionSets;
  if (first === undefined) {
    return isNobodyThereForNewRuns(queue)
      ? ['This queue has no version sets, and no unversioned worker polls: new runs wait.']
      : ['This queue has no version sets: unversioned workers take all its runs.'];
  }
  const build = defaultOf(first);
  if (build === undefined) return ['The queue default set is empty: where new runs start is not known.'];
  const name = { name: build.buildId };
  const nobody = nobodyWords(queue, build.buildId);
  return nobody === null
    ? ['New runs start on ', name, '.']
    : ['New runs start on ', name, `, but ${nobody} with it: they wait.`];
}

function waitingRuns(queue: QueueFacts): Phrase[] {
  const { versionSets, unversioned } = queue;
  const older = versionSets.flatMap((set): Phrase[] => {
    const build = defaultOf(set);
    if (set.isQueueDefault || build === undefined || (set.openRuns ?? 0) === 0) return [];
    const nobody = nobodyWords(queue, build.buildId);
    if (nobody === null) return [];
    return [[`${runsOf(set.openRuns)} ${waits(set.openRuns)}: ${nobody} with `, { name: build.buildId }, '.']];
  });
  if (versionSets.length === 0 || unversioned.pollers > 0 || (unversioned.openRuns ?? 0) === 0) return older;
  return [
    ...older,
    [`${runsOf(unversioned.openRuns)} without version ${waits(unversioned.openRuns)}: no unversioned worker polls.`],
  ];
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

function waits(count: number | null): string {
  return count === 1 ? 'waits' : 'wait';
}

function runsOf(count: number | null): string {
  return formatCount(count ?? 0, 'open run');
}
