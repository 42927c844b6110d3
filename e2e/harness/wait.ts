import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

export interface WaitOptions {
  /** For the error: "… did not happen within 60 s". */
  readonly what: string;
  readonly timeoutMs: number;
  /** Called between tries; a reason to give up early, such as a process that ended. */
  readonly isHopeless?: () => string | undefined;
}

/**
 * Asks again and again until `ask` returns something other than undefined. An `ask` that throws counts as "not yet"; its last
 * error is in the message of the one thrown at the end.
 */
export async function waitFor<T>(ask: () => Promise<T | undefined> | T | undefined, options: WaitOptions): Promise<T> {
  const deadline = Date.now() + options.timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    const reason = options.isHopeless?.();
    if (reason !== undefined) throw new Error(`${options.what}: ${reason}`);
    if (Date.now() > deadline) {
      throw new Error(`${options.what} did not happen within ${options.timeoutMs / 1000} s`, { cause: last });
    }
    await sleep(POLL_MS);
  }
}

/** Whether something listens on 127.0.0.1. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
