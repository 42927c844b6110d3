import type { LensEntry } from '#lib/domain/run-lens/types.ts';
import { addIdentity, isSameWorker } from '#lib/domain/run-lens/author.ts';

/** Kinds of command beyond which a stretch begins anew: a run may name activities without end. */
const MAX_COMMANDS = 50;

/**
 * The newest entries, still open for more of the same: a stretch of completed tasks with the commands that they wrote, or repeated
 * failures. A loop of a thousand tasks and activities is so two entries, not two thousand.
 */
export interface Stretch {
  /** True: `entry` is counted in; false: it belongs to no entry of the stretch. */
  readonly take: (entry: LensEntry) => boolean;
  readonly entries: () => readonly LensEntry[];
}

export function startStretch(first: LensEntry): Stretch {
  const entries = [first];

  function take(entry: LensEntry): boolean {
    const at = entries.findIndex((known) => isMoreOf(known, entry));
    const known = entries[at];
    if (known !== undefined) {
      entries[at] = merge(known, entry);
      return true;
    }
    const isCommandOfTasks = first.fact.kind === 'tasks-completed' && entry.fact.kind === 'leaves-build';
    if (!isCommandOfTasks || entries.length > MAX_COMMANDS) return false;
    entries.push(entry);
    return true;
  }

  return { take, entries: () => entries };
}

function isMoreOf({ fact, author }: LensEntry, { fact: next, author: nextAuthor }: LensEntry): boolean {
  if (!isSameWorker(author, nextAuthor)) return false;
  switch (fact.kind) {
    case 'tasks-completed':
      return next.kind === 'tasks-completed';
    case 'leaves-build':
      return (
        next.kind === 'leaves-build' &&
        next.command === fact.command &&
        next.name === fact.name &&
        next.taskQueue === fact.taskQueue
      );
    case 'task-failed':
      return next.kind === 'task-failed' && next.cause === fact.cause && next.message === fact.message;
    case 'task-timed-out':
      return next.kind === 'task-timed-out' && next.timeout === fact.timeout;
    case 'started':
    case 'task-running':
    case 'patch':
    case 'unreadable-marker':
    case 'labels':
    case 'reset':
    case 'override':
    case 'pinned':
    case 'closed':
      return false;
  }
}

function merge(known: LensEntry, entry: LensEntry): LensEntry {
  return {
    ...known,
    lastEventId: entry.lastEventId,
    lastTimeMs: entry.lastTimeMs,
    count: known.count + entry.count,
    author: known.author && addIdentity(known.author, entry.author),
  };
}
