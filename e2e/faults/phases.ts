import { setTimeout as sleep } from 'node:timers/promises';
import type { Direction } from '#e2e/harness/toxiproxy.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

/** Where between plan and `verified` a fault strikes, in their order. */
export const PHASES = [
  'before the digest check',
  'between check and send',
  'between send and reply, not arrived',
  'between send and reply, at work',
  'between send and reply, applied',
  'between reply and read-back',
  'during read-back',
] as const;
export type Phase = (typeof PHASES)[number];

/** What a phase needs of the way to Temporal, and what strikes when the change is there. */
export interface Disturbance {
  readonly hold: (direction: Direction) => Promise<void>;
  /** Lets go of what is held, where a call ended before it came to its phase. */
  readonly release: () => Promise<void>;
  /** Resolves when Temporal's success for the newest call of this kind has left its door. */
  readonly whenAnswered: (kind: 'read' | 'write') => Promise<void>;
  /** From its end on the fault is there. A write that is to be struck at work is held until then: this lets it arrive first. */
  readonly strike: () => Promise<void>;
}

type SetsCalls = Pick<TemporalPort, 'getVersionSets' | 'updateVersionSets'>;

/** A request that was held at once is surely on its way after this. */
const ON_ITS_WAY_MS = 30;

/**
 * The two calls that a change is made of, disturbed once, exactly in that phase. The change's own first call is its digest check:
 * plans are made, and queues watched, past these.
 */
export function strikeAt(phase: Phase, calls: SetsCalls, disturbance: Disturbance): SetsCalls {
  const { hold, release, strike, whenAnswered } = disturbance;
  let isStruck = false;
  let isWritten = false;
  const strikeOnce = async () => {
    if (isStruck) return;
    isStruck = true;
    await strike();
  };

  /** The call is sent, and its answer waits outside until the fault is there. */
  async function strikeUnderWay<T>(
    call: () => Promise<T>,
    direction: Direction,
    sent: () => Promise<void>,
  ): Promise<T> {
    isStruck = true;
    await hold(direction);
    const answer = call();
    const isThere = await Promise.race([
      sent().then(() => true),
      answer.then(
        () => false,
        () => false,
      ),
    ]);
    await (isThere ? strike() : release());
    return answer;
  }

  return {
    getVersionSets: async (...input) => {
      const call = () => calls.getVersionSets(...input);
      if (phase === 'before the digest check') await strikeOnce();
      if (phase !== 'during read-back' || !isWritten || isStruck) return call();
      return strikeUnderWay(call, 'down', () => whenAnswered('read'));
    },
    updateVersionSets: async (...input) => {
      const call = () => calls.updateVersionSets(...input);
      isWritten = true;
      switch (phase) {
        case 'before the digest check':
        case 'during read-back':
          return call();
        case 'between check and send':
          await strikeOnce();
          return call();
        case 'between send and reply, applied':
          return strikeUnderWay(call, 'down', () => whenAnswered('write'));
        case 'between send and reply, not arrived':
        case 'between send and reply, at work':
          return strikeUnderWay(call, 'up', () => sleep(ON_ITS_WAY_MS));
        case 'between reply and read-back':
          await call();
          await strikeOnce();
      }
    },
  };
}
