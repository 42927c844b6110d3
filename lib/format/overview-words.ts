import { formatCount } from '#lib/format/count.ts';

interface PatchFacts {
  readonly answers: readonly { readonly answer: 'safe' | 'blocked' | 'unknown' }[];
}

interface QueueFacts {
  readonly openRuns: number | null;
}

export interface OverviewOpening {
  /** null: nothing to judge. */
  readonly meaning: 'blocked' | 'unknown' | null;
  readonly words: string;
}

/** The overview's sentence. `isRead`: a whole listing has ended, so that 0 means none. */
export function overviewOpening(
  patches: readonly PatchFacts[],
  queues: readonly QueueFacts[],
  isRead: boolean,
): OverviewOpening {
  if (!isRead) return { meaning: 'unknown', words: 'The first reading of open runs is under way.' };
  const runs = queues.reduce((sum, queue) => sum + (queue.openRuns ?? 0), 0);
  const busy = queues.filter((queue) => (queue.openRuns ?? 0) > 0).length;
  const where =
    runs === 0 ? 'No run is open' : `${formatCount(runs, 'open run')} on ${formatCount(busy, 'task queue')}`;
  if (patches.length === 0) return { meaning: null, words: `${where}; none carries a patch.` };
  const blocked = patches.filter((patch) => patch.answers.some((answer) => answer.answer === 'blocked')).length;
  const all = formatCount(patches.length, 'patch', 'patches');
  if (blocked === 0)
    return { meaning: 'unknown', words: `${where}; none blocks a step of the ${all} seen, as far as is read.` };
  return {
    meaning: 'blocked',
    words: `${where}; ${blocked === patches.length ? all : `${blocked} of ${all}`} cannot take ${patches.length === 1 ? 'its' : 'their'} next step.`,
  };
}
