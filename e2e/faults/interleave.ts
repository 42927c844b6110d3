import { randomInt } from 'node:crypto';
import { outcomeOf, writesOf } from '#e2e/faults/follow-change.ts';
import type { Patchboard, SetsCalls } from '#e2e/faults/patchboard.ts';
import { randomChange } from '#e2e/faults/random-operation.ts';
import { bringTo } from '#e2e/faults/scenarios.ts';
import type { SecondClient } from '#e2e/faults/second-client.ts';
import type { Wire } from '#e2e/faults/wire-tap.ts';
import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import { areSameSets } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** Where the second writer comes in between. */
export const POINTS = ['before the digest check', 'between check and call', 'between call and read-back'] as const;
export type Point = (typeof POINTS)[number];

export interface Interleaved {
  readonly taskQueue: string;
  readonly point: Point;
  readonly ours: VersionSetOperation;
  readonly theirs: VersionSetOperation;
  /** The sets that ours was planned on. */
  readonly before: VersionSets;
  /** What ours makes of them where nobody comes in between: carried out on a twin queue. */
  readonly planned: VersionSets;
  /** The sets right after theirs, which always changed them. */
  readonly afterTheirs: VersionSets;
  /** The sets when the change had ended; nobody wrote since its last reading. */
  readonly state: VersionSets;
  readonly change: ChangeDetail | null;
  /** Writes of ours that came to Temporal's door, and whether it took the first. */
  readonly writes: number;
  readonly isTaken: boolean;
}

export interface Meeting {
  readonly patchboard: Patchboard;
  readonly second: SecondClient;
  readonly tap: Wire;
  /** Patchboard's way to Temporal, past the tap. */
  readonly port: SetsCalls;
}

type Met = Pick<Interleaved, 'theirs' | 'afterTheirs'>;

const HISTORY_MAX = 6;
/** So often of ten theirs is the same as ours. */
const SAME_OF_TEN = 1;

/** One change of Patchboard, and one of a client that knows nothing of it, on one queue of a real server. */
export async function interleave(meeting: Meeting, taskQueue: string, point: Point): Promise<Interleaved> {
  const { patchboard, second, tap, port } = meeting;
  const twin = `twin-of-${taskQueue}`;
  const before = await sameHistory(second, [taskQueue, twin]);
  const ours = randomChange(before);
  const wish = await patchboard.plan(taskQueue, { operation: ours });
  await bringTo(second, twin, [ours]);
  const planned = await second.readSets(twin);

  const met: Met[] = [];
  const meet = async () => {
    if (met.length === 0) met.push(await comeBetween(second, taskQueue, ours));
  };
  patchboard.routeThrough(taskQueue, {
    getVersionSets: async (...input) => {
      if (point === 'before the digest check') await meet();
      return port.getVersionSets(...input);
    },
    updateVersionSets: async (...input) => {
      if (point === 'between check and call') await meet();
      await port.updateVersionSets(...input);
      if (point === 'between call and read-back') await meet();
    },
  });
  await patchboard.apply(wish);
  const change = await outcomeOf(patchboard, wish);
  const [theirs] = met;
  if (!theirs) throw new Error(`nobody came ${point}: ${JSON.stringify(change)}`);
  const state = await second.readSets(taskQueue);
  const writes = writesOf(tap, taskQueue);
  const isTaken = tap.callsOf(taskQueue).some(({ kind, isOk }) => kind === 'write' && isOk);
  return { taskQueue, point, ours, ...theirs, before, planned, state, change, writes, isTaken };
}

/** The same random operations on each queue. @returns the sets that all of them hold */
async function sameHistory(second: SecondClient, queues: readonly string[]): Promise<VersionSets> {
  let sets: VersionSets = { sets: [] };
  for (let left = 1 + randomInt(HISTORY_MAX); left > 0; left -= 1) {
    const operation = randomChange(sets);
    await Promise.all(queues.map((taskQueue) => bringTo(second, taskQueue, [operation])));
    const all = await Promise.all(queues.map((taskQueue) => second.readSets(taskQueue)));
    sets = all[0] ?? sets;
    if (!all.every((other) => areSameSets(other, sets))) throw new Error(`twins differ: ${JSON.stringify(all)}`);
  }
  return sets;
}

async function comeBetween(second: SecondClient, taskQueue: string, ours: VersionSetOperation): Promise<Met> {
  const found = await second.readSets(taskQueue);
  const isSame = randomInt(10) < SAME_OF_TEN;
  const theirs = isSame ? ours : randomChange(found);
  const refused = await second.change(taskQueue, theirs);
  const afterTheirs = await second.readSets(taskQueue);
  if (refused === null && !areSameSets(found, afterTheirs)) return { theirs, afterTheirs };
  // The same once more changes nothing: another one does.
  const other = randomChange(afterTheirs);
  await bringTo(second, taskQueue, [other]);
  return { theirs: other, afterTheirs: await second.readSets(taskQueue) };
}
