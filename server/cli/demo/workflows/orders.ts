import { defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { OrderActivities } from '#server/cli/demo/activities.ts';
import { waitForSignal } from './wait-for-signal.ts';

const { reserveStock } = proxyActivities<OrderActivities>({ startToCloseTimeout: '1 minute' });

/** Reserves stock, then waits for `shipped`. A `touch` changes nothing, but has a worker process one more task. */
export async function OrderWorkflow(orderId: string): Promise<void> {
  setHandler(defineSignal('touch'), () => {});
  await reserveStock(orderId);
  await waitForSignal('shipped');
}
