import { LANDS_WITHIN_MS, SHORT } from '#e2e/faults/short-timing.ts';
import type { Phase } from '#e2e/faults/phases.ts';
import type { Direction, Lane } from '#e2e/harness/toxiproxy.ts';

/** What TCP does to a change on its way. */
export const LANE_FAULTS = [
  'connection reset',
  'connection refused',
  'timeout (bytes held)',
  'latency beyond the deadline',
  'latency within the deadline',
] as const;
export type LaneFault = (typeof LANE_FAULTS)[number];

export interface Disruption {
  /** Keeps a call on its way until the strike. */
  readonly hold: (lane: Lane, direction: Direction) => Promise<void>;
  readonly strike: (lane: Lane) => Promise<void>;
  /** From the strike; null: once the change has ended. */
  readonly healAfterMs: number | null;
  readonly heal: (lane: Lane) => Promise<void>;
}

/** In [0, 1) */
type Random = () => number;

/** A reading has 5 s (`server/temporal/methods.ts`). */
const READ_DEADLINE_MS = 5_000;
/** Room for a busy machine before a held write's last moment. */
const LANDING_ROOM_MS = 200;

/** Phases in which the write is still to come, or on its way. */
const IS_WRITE_AHEAD: ReadonlySet<Phase> = new Set(['between check and send', 'between send and reply, not arrived']);

/** `between` gives whole milliseconds from the first, to the second. */
export function disruptionOf(fault: LaneFault, phase: Phase, random: Random): Disruption {
  const between = (fromMs: number, toMs: number) => Math.round(fromMs + random() * (toMs - fromMs));
  const direction = directionIn(phase, random);
  const hold: Disruption['hold'] = (lane, what) => lane.hold(what);
  const heal: Disruption['heal'] = (lane) => lane.heal();
  switch (fault) {
    case 'connection reset':
      return { hold, strike: (lane) => lane.reset(), healAfterMs: between(100, 3_000), heal };
    case 'connection refused':
      return { hold, strike: (lane) => lane.shut(), healAfterMs: between(100, 3_000), heal };
    case 'timeout (bytes held)': {
      const isDropped = random() < 0.5;
      // Held bytes that arrive after all must do so while a write may still land: TCP itself would not wait as long in production.
      const mayLand = IS_WRITE_AHEAD.has(phase) && direction === 'up' && !isDropped;
      const strike = once((lane) => lane.hold(direction));
      return {
        hold: strike,
        strike,
        healAfterMs: between(300, mayLand ? LANDS_WITHIN_MS - LANDING_ROOM_MS : 3_500),
        heal: isDropped ? (lane) => lane.shut().then(() => lane.heal()) : heal,
      };
    }
    case 'latency beyond the deadline': {
      const isOfWrite = IS_WRITE_AHEAD.has(phase) || phase === 'between send and reply, applied';
      const delayMs = isOfWrite
        ? between(SHORT.writeDeadlineMs + 50, LANDS_WITHIN_MS - LANDING_ROOM_MS)
        : READ_DEADLINE_MS + between(100, 300);
      const strike = once((lane) => lane.delay(direction, delayMs));
      return { hold: strike, strike, healAfterMs: delayMs + between(300, 1_000), heal };
    }
    case 'latency within the deadline': {
      const [upMs, downMs] = [between(50, 300), between(50, 300)];
      const strike = once(async (lane) => {
        await Promise.all([lane.delay('up', upMs), lane.delay('down', downMs)]);
      });
      return { hold: strike, strike, healAfterMs: null, heal };
    }
  }
}

/** A delay that is set anew lets go of what it holds: it is there before the bytes, and stays. */
function once(work: (lane: Lane) => Promise<void>): (lane: Lane) => Promise<void> {
  let done: Promise<void> | undefined;
  return (lane) => (done ??= work(lane));
}

/** An answer that is on its way is held as an answer, a request as a request. */
function directionIn(phase: Phase, random: Random): Direction {
  switch (phase) {
    case 'between send and reply, applied':
    case 'during read-back':
      return 'down';
    case 'between send and reply, not arrived':
    case 'between send and reply, at work':
      return 'up';
    case 'before the digest check':
    case 'between check and send':
    case 'between reply and read-back':
      return random() < 0.5 ? 'up' : 'down';
  }
}
