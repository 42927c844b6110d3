import { orderActivities } from '#server/cli/demo/activities.ts';
import { type OpenRuns, startOpenRuns, touchUntilWorkedOnBy } from '#server/cli/demo/open-runs.ts';
import type { Stage } from '#server/cli/demo/story-stage.ts';

export const ORDERS_QUEUE = 'orders';

/** Build IDs of the queue: `deadbeef` is the guide's own; its successor is compatible, `feedf00d` is not. */
export const ORDERS_BUILDS = {
  first: 'deadbeef',
  successor: 'deadbeef-fix',
  newer: 'feedf00d',
  unregistered: '0ddba11',
} as const;

/** Open runs by the build that was the queue's default when they started. */
const RUNS = {
  first: ['order-1001', 'order-1002', 'order-1003'],
  successor: ['order-1004', 'order-1005'],
  newer: ['order-1006', 'order-1007', 'order-1008', 'order-1009'],
} as const;

/**
 * Version sets {deadbeef, deadbeef-fix} and {feedf00d}, a worker for each build, open runs on each, and a worker whose
 * build nobody registered: it polls and gets nothing.
 */
export async function playOrders(stage: Stage): Promise<void> {
  const { client, hire, signal } = stage;
  const { first, successor, newer, unregistered } = ORDERS_BUILDS;
  const worker = {
    taskQueue: ORDERS_QUEUE,
    isVersioned: true,
    bundle: stage.bundles.orders,
    activities: orderActivities,
  };
  const runs = (buildId: string): OpenRuns => ({
    client,
    taskQueue: ORDERS_QUEUE,
    workflowType: 'OrderWorkflow',
    takesId: true,
    buildId,
    signal,
  });

  // A worker that polls before its build is registered waits for up to a minute: so register first, then start it.
  await client.taskQueue.updateBuildIdCompatibility(ORDERS_QUEUE, {
    operation: 'addNewIdInNewDefaultSet',
    buildId: first,
  });
  await hire({ ...worker, buildId: first });
  await startOpenRuns(runs(first), RUNS.first);

  await client.taskQueue.updateBuildIdCompatibility(ORDERS_QUEUE, {
    operation: 'addNewCompatibleVersion',
    buildId: successor,
    existingCompatibleBuildId: first,
  });
  await hire({ ...worker, buildId: successor });
  await startOpenRuns(runs(successor), RUNS.successor);
  // One run of the first build goes on with its successor, so that it counts as touched by both.
  await touchUntilWorkedOnBy(runs(successor), RUNS.first[0]);

  await client.taskQueue.updateBuildIdCompatibility(ORDERS_QUEUE, {
    operation: 'addNewIdInNewDefaultSet',
    buildId: newer,
  });
  await hire({ ...worker, buildId: newer });
  await startOpenRuns(runs(newer), RUNS.newer);

  await hire({ ...worker, buildId: unregistered });
}
