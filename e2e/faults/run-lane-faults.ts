import { setTimeout as sleep } from 'node:timers/promises';
import { writesOf, followChange } from '#e2e/faults/follow-change.ts';
import type { Struck } from '#e2e/faults/judge.ts';
import { disruptionOf, type LaneFault } from '#e2e/faults/lane-faults.ts';
import type { Patchboard } from '#e2e/faults/patchboard.ts';
import { type Phase, strikeAt } from '#e2e/faults/phases.ts';
import type { Rig, RigLane } from '#e2e/faults/rig.ts';
import { bringTo, type Scenario } from '#e2e/faults/scenarios.ts';
import { letWriteArrive } from '#e2e/faults/let-write-arrive.ts';
import { whenAnswered } from '#e2e/faults/when-answered.ts';

export interface LaneJob {
  readonly taskQueue: string;
  readonly phase: Phase;
  readonly fault: LaneFault;
  readonly scenario: Scenario;
}

/** One change through one lane, which is disturbed in that phase and healed a while later. */
export async function runLaneFault(
  rig: Rig,
  patchboard: Patchboard,
  { lane, port, whenReachable }: RigLane,
  { taskQueue, phase, fault, scenario }: LaneJob,
): Promise<Struck | null> {
  const { tap, second } = rig;
  await bringTo(second, taskQueue, scenario.setup);
  const wish = await patchboard.plan(taskQueue, scenario);
  const { promise: struck, resolve: isStruck } = Promise.withResolvers<void>();
  const disruption = disruptionOf(fault, phase, Math.random);
  const calls = strikeAt(phase, port, {
    hold: (direction) => disruption.hold(lane, direction),
    release: lane.heal,
    whenAnswered: (kind) => whenAnswered(tap, taskQueue, kind),
    strike: async () => {
      if (phase === 'between send and reply, at work') await letWriteArrive(tap, [{ taskQueue, lane }]);
      await disruption.strike(lane);
      isStruck();
    },
  });
  patchboard.routeThrough(taskQueue, calls);
  const healed = async () => {
    // A latency that is within every deadline keeps nothing from being reached.
    if (disruption.healAfterMs === null) return Date.now();
    await sleep(disruption.healAfterMs);
    await disruption.heal(lane);
    return Date.now();
  };
  const sent = () => writesOf(tap, taskQueue);
  const left = await followChange(patchboard, second, {
    taskQueue,
    phase,
    fault,
    scenario,
    wish,
    struck,
    healed,
    sent,
  });
  await lane.heal();
  await whenReachable();
  return left;
}
