import { setTimeout as sleep } from 'node:timers/promises';
import { whenArrived } from '#e2e/faults/when-answered.ts';
import type { Wire } from '#e2e/faults/wire-tap.ts';
import type { Lane } from '#e2e/harness/toxiproxy.ts';

/** Temporal gathers changes for 100 ms before it stores them (`stream_batcher`): that long it is surely at work. */
const AT_WORK_MS = 80;

/** Lets go of writes that are held, and returns while Temporal works at them. */
export async function letWriteArrive(
  tap: Wire,
  held: readonly { readonly taskQueue: string; readonly lane: Lane }[],
): Promise<void> {
  const arrived = Promise.all(held.map(({ taskQueue }) => whenArrived(tap, taskQueue)));
  await Promise.all(held.map(({ lane }) => lane.heal()));
  await arrived;
  await sleep(Math.random() * AT_WORK_MS);
}
