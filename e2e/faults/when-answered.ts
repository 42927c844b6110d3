import { setTimeout as sleep } from 'node:timers/promises';
import type { Wire, WireCall } from '#e2e/faults/wire-tap.ts';

const POLL_MS = 3;
const TIMEOUT_MS = 20_000;

/** Resolves when the queue's next call of this kind has been answered with success. Asked as the call is made. */
export function whenAnswered(tap: Wire, taskQueue: string, kind: WireCall['kind']): Promise<void> {
  return whenNext(tap, taskQueue, kind, ({ answeredMs, isOk }) => answeredMs !== null && isOk);
}

/** Resolves when the queue's next write has come to Temporal's door. */
export function whenArrived(tap: Wire, taskQueue: string): Promise<void> {
  return whenNext(tap, taskQueue, 'write', () => true);
}

async function whenNext(tap: Wire, taskQueue: string, kind: WireCall['kind'], is: (call: WireCall) => boolean) {
  const before = tap.callsOf(taskQueue).length;
  const fromMs = performance.now();
  for (;;) {
    const next = tap.callsOf(taskQueue).slice(before);
    if (next.some((call) => call.kind === kind && is(call))) return;
    if (performance.now() - fromMs > TIMEOUT_MS) throw new Error(`no such ${kind} of ${taskQueue} came to Temporal`);
    await sleep(POLL_MS);
  }
}
