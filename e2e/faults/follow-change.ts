import { setTimeout as sleep } from 'node:timers/promises';
import { type Ended, staysOpen, type Struck } from '#e2e/faults/judge.ts';
import type { Patchboard, Wish } from '#e2e/faults/patchboard.ts';
import type { SecondClient } from '#e2e/faults/second-client.ts';
import { LANDS_WITHIN_MS, SHORT } from '#e2e/faults/short-timing.ts';
import type { Wire } from '#e2e/faults/wire-tap.ts';
import { waitFor } from '#e2e/harness/wait.ts';
import type { ChangeDetail } from '#lib/api/changes/schemas.ts';

/** One change and the fault that is to strike it. */
export interface Course extends Pick<Struck, 'taskQueue' | 'wish' | 'phase' | 'fault' | 'scenario'> {
  /** Writes that Patchboard sent so far. */
  readonly sent: () => number;
  /** Resolves when the fault is there. */
  readonly struck: Promise<void>;
  /** Asked once it has struck; resolves when Temporal can be reached again, with that time. */
  readonly healed: () => Promise<number>;
}

/** More than any limit that an outcome is held to: a late one is another finding than none. */
const OUTCOME_TIMEOUT_MS = 90_000;

/**
 * Applies the wish, asks for it again while the fault is there and once more afterwards, and gathers what is left behind. null: the
 * change ended without ever coming to the fault's phase.
 */
export async function followChange(
  patchboard: Patchboard,
  second: SecondClient,
  course: Course,
): Promise<Struck | null> {
  const { wish, struck, healed } = course;
  const first = patchboard.apply(wish);
  const outcome = outcomeOf(patchboard, wish);
  if (!(await Promise.race([struck.then(() => true), outcome.then(() => false)]))) return null;
  const during = patchboard.apply(wish);
  const healedMs = await healed();
  await outcome.catch(() => undefined);
  return gather(patchboard, second, course, { healedMs, answers: [await first, await during] });
}

/** What is there once the change has, or should have, an outcome. */
export async function gather(
  patchboard: Patchboard,
  second: SecondClient,
  { taskQueue, wish, phase, fault, scenario, sent }: Omit<Course, 'struck' | 'healed'>,
  { healedMs, answers }: Pick<Struck, 'healedMs' | 'answers'>,
): Promise<Struck> {
  const change = await patchboard.find(wish);
  const sentBefore = sent();
  const again = await patchboard.apply(wish);
  const state = await second.readSets(taskQueue);
  const facts = { change, state, sent: sentBefore, sentAtLast: sent(), answers: [...answers, again], healedMs };
  return { taskQueue, wish, phase, fault, scenario, ...facts };
}

/** The change once it has an outcome, whichever. */
export function outcomeOf(patchboard: Patchboard, wish: Wish): Promise<ChangeDetail> {
  return waitFor(
    async () => {
      const change = await patchboard.find(wish);
      return change !== null && change.outcome !== null ? change : undefined;
    },
    { what: 'an outcome', timeoutMs: OUTCOME_TIMEOUT_MS },
  );
}

/** Waits until nothing can come any more and nothing is unconfirmed, and looks at everything once again. */
export async function endAll(
  patchboard: Patchboard,
  { second, tap }: { readonly second: SecondClient; readonly tap: Wire },
  struck: readonly Struck[],
): Promise<Ended[]> {
  await sleep(LANDS_WITHIN_MS + SHORT.refreshMs);
  const isKnown = async ({ wish }: Struck) => (await patchboard.find(wish))?.outcome !== 'unconfirmed';
  const open = struck.filter((one) => !staysOpen(one));
  await waitFor(async () => (await Promise.all(open.map(isKnown))).every(Boolean) || undefined, {
    what: 'the last outcomes',
    timeoutMs: OUTCOME_TIMEOUT_MS,
  }).catch(() => undefined);
  return Promise.all(
    struck.map(async (one) => ({
      ...one,
      lastChange: await patchboard.find(one.wish),
      lastState: await second.readSets(one.taskQueue),
      calls: tap.callsOf(one.taskQueue),
    })),
  );
}

/** Writes of a queue that came by. */
export function writesOf({ callsOf }: Wire, taskQueue: string): number {
  return callsOf(taskQueue).filter(({ kind }) => kind === 'write').length;
}
