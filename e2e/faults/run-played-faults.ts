import { status } from '@grpc/grpc-js';
import { writesOf, followChange } from '#e2e/faults/follow-change.ts';
import { LIE, type Struck } from '#e2e/faults/judge.ts';
import type { Patchboard } from '#e2e/faults/patchboard.ts';
import type { Phase } from '#e2e/faults/phases.ts';
import type { LostAnswer, Play, PlayingFrontend } from '#e2e/faults/playing-frontend.ts';
import type { Rig } from '#e2e/faults/rig.ts';
import { bringTo, type Scenario } from '#e2e/faults/scenarios.ts';
import { LANDS_WITHIN_MS, SHORT } from '#e2e/faults/short-timing.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

/** What no network does, only a server or what stands before it; each strikes in one phase. */
export const PLAYED_FAULTS = {
  [LIE]: 'between send and reply, not arrived',
  'lands late, reply lost': 'between send and reply, not arrived',
  'lands late, error at once': 'between send and reply, not arrived',
  'error although applied': 'between send and reply, applied',
  'readings lag behind': 'during read-back',
} as const satisfies Record<string, Phase>;
export type PlayedFault = keyof typeof PLAYED_FAULTS;

export interface PlayedJob {
  readonly taskQueue: string;
  readonly fault: PlayedFault;
  readonly scenario: Scenario;
}

/** Statuses that say nothing about whether a write was taken. */
const OPEN_STATUSES = [
  status.UNAVAILABLE,
  status.INTERNAL,
  status.UNKNOWN,
  status.DEADLINE_EXCEEDED,
  status.ABORTED,
  status.CANCELLED,
  status.DATA_LOSS,
] as const;

/** Room for a busy machine before a write's last moment. */
const LANDING_ROOM_MS = 200;

function playOf(fault: PlayedFault): Play {
  const between = (fromMs: number, toMs: number) => Math.round(fromMs + Math.random() * (toMs - fromMs));
  const oneOf = <T>(all: readonly [T, ...T[]]) => all[Math.floor(Math.random() * all.length)] ?? all[0];
  const landsAfterMs = between(100, LANDS_WITHIN_MS - LANDING_ROOM_MS);
  switch (fault) {
    case LIE:
      return { kind: 'lies' };
    case 'lands late, reply lost':
      return { kind: 'lands late', answer: oneOf<LostAnswer>(['drop-connection', 'hang']), landsAfterMs };
    case 'lands late, error at once':
      return { kind: 'lands late', answer: oneOf<LostAnswer>(OPEN_STATUSES), landsAfterMs };
    case 'error although applied':
      return { kind: 'denies', answer: oneOf<LostAnswer>(OPEN_STATUSES) };
    case 'readings lag behind':
      return { kind: 'lags', forMs: between(100, SHORT.readBackMs - 300) };
  }
}

/** One change through a frontend that plays false with its write. The port is of this change alone: connections are broken. */
export async function runPlayedFault(
  rig: Rig,
  patchboard: Patchboard,
  { frontend, port }: { readonly frontend: PlayingFrontend; readonly port: TemporalPort },
  { taskQueue, fault, scenario }: PlayedJob,
): Promise<Struck | null> {
  await bringTo(rig.second, taskQueue, scenario.setup);
  const wish = await patchboard.plan(taskQueue, scenario);
  const { struck, over } = frontend.play(taskQueue, playOf(fault));
  patchboard.routeThrough(taskQueue, port);
  const sent = () => writesOf(frontend, taskQueue);
  const phase = PLAYED_FAULTS[fault];
  return followChange(patchboard, rig.second, {
    taskQueue,
    phase,
    fault,
    scenario,
    wish,
    struck,
    healed: () => over,
    sent,
  });
}
