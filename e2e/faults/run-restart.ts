import { setTimeout as sleep } from 'node:timers/promises';
import { type Barrier, createBarrier } from '#e2e/faults/barrier.ts';
import { writesOf, followChange } from '#e2e/faults/follow-change.ts';
import type { Struck } from '#e2e/faults/judge.ts';
import { letWriteArrive } from '#e2e/faults/let-write-arrive.ts';
import type { Patchboard } from '#e2e/faults/patchboard.ts';
import type { PersistedServer } from '#e2e/faults/persisted-server.ts';
import { type Phase, strikeAt } from '#e2e/faults/phases.ts';
import type { Rig, RigLane } from '#e2e/faults/rig.ts';
import { bringTo, type Scenario } from '#e2e/faults/scenarios.ts';
import { whenAnswered } from '#e2e/faults/when-answered.ts';

export interface RestartJob {
  readonly taskQueue: string;
  readonly phase: Phase;
  readonly scenario: Scenario;
}

const FAULT = 'server restart';
const DOWN_MAX_MS = 1_500;

/** Come to their phase in a moment: they do so last, so that a send that waits for the others does not wait long. */
const NOT_SENT: ReadonlySet<Phase> = new Set(['before the digest check', 'between check and send']);

const HOLDING: ReadonlySet<Phase | undefined> = new Set([
  'between send and reply, not arrived',
  'between send and reply, applied',
  'during read-back',
]);

/** One SIGKILL of the server under as many changes as there are lanes, each in its phase, and its next start on the same data. */
export async function runRestart(
  rig: Rig,
  patchboard: Patchboard,
  server: PersistedServer,
  jobs: readonly RestartJob[],
): Promise<(Struck | null)[]> {
  const { second } = rig;
  const early = createBarrier(jobs.filter(({ phase }) => !NOT_SENT.has(phase)).length, async () => undefined);
  const all = createBarrier(jobs.length, async () => {
    const atWork = jobs.flatMap(({ taskQueue, phase }, index) => {
      const lane = rig.lanes[index]?.lane;
      return lane && phase === 'between send and reply, at work' ? [{ taskQueue, lane }] : [];
    });
    await letWriteArrive(rig.tap, atWork);
    // With the server go the answers that were held, and the requests that never came to it.
    const held = rig.lanes.filter((_, index) => HOLDING.has(jobs[index]?.phase));
    await Promise.all([server.kill(), ...held.map(({ lane }) => lane.shut())]);
  });
  const healed = all.passed.then(async () => {
    await sleep(Math.random() * DOWN_MAX_MS);
    await server.start();
    await Promise.all(rig.lanes.map(({ lane }) => lane.heal()));
    await second.readSets('nobody-knows');
    return Date.now();
  });
  const left = await Promise.all(
    jobs.map((job, index) => {
      const lane = rig.lanes[index];
      if (!lane) throw new Error('fewer lanes than changes');
      return runOne(rig, patchboard, lane, job, { early, all, healed });
    }),
  );
  await Promise.all(rig.lanes.map(({ whenReachable }) => whenReachable()));
  return left;
}

interface Shared {
  readonly early: Barrier;
  readonly all: Barrier;
  readonly healed: Promise<number>;
}

async function runOne(
  rig: Rig,
  patchboard: Patchboard,
  { lane, port }: RigLane,
  { taskQueue, phase, scenario }: RestartJob,
  { early, all, healed }: Shared,
): Promise<Struck | null> {
  const { tap, second } = rig;
  const waitsFor = NOT_SENT.has(phase) ? [all] : [early, all];
  await bringTo(second, taskQueue, scenario.setup);
  const wish = await patchboard.plan(taskQueue, scenario);
  let hasCome = false;
  const calls = strikeAt(phase, port, {
    hold: lane.hold,
    release: lane.heal,
    whenAnswered: (kind) => whenAnswered(tap, taskQueue, kind),
    strike: async () => {
      hasCome = true;
      for (const barrier of waitsFor) barrier.count();
      await all.passed;
    },
  });
  patchboard.routeThrough(taskQueue, calls);
  if (NOT_SENT.has(phase)) await early.passed;
  const sent = () => writesOf(tap, taskQueue);
  const course = { taskQueue, phase, fault: FAULT, scenario, wish, sent, struck: all.passed, healed: () => healed };
  const left = await followChange(patchboard, second, course);
  if (!hasCome) for (const barrier of waitsFor) barrier.count();
  return left;
}
