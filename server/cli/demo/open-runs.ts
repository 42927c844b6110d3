import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { CodedError } from '#server/errors.ts';

/** Time for a run to get where the story wants it. It takes under a second; the rest is for a machine that is busy. */
const SETTLE_LIMIT_MS = 60_000;
/** Pause between two looks at a history: short beside a start of seconds, long beside the server's answer of 2 ms. */
const LOOK_EVERY_MS = 50;

export interface OpenRuns {
  readonly client: Client;
  readonly taskQueue: string;
  readonly workflowType: string;
  /** True: the run gets its own ID as its input. */
  readonly takesId: boolean;
  /** The build that alone may have worked on these runs. */
  readonly buildId: string;
  readonly signal: AbortSignal;
}

/** Starts one run for each ID, side by side, and returns when each has done its activity and waits for a signal. */
export async function startOpenRuns(input: OpenRuns, workflowIds: readonly string[]): Promise<void> {
  await Promise.all(workflowIds.map((workflowId) => startOpenRun(input, workflowId)));
}

async function startOpenRun(input: OpenRuns, workflowId: string): Promise<void> {
  const { client, workflowType, taskQueue, takesId, buildId, signal } = input;
  const deadlineMs = Date.now() + SETTLE_LIMIT_MS;
  for (;;) {
    const args = takesId ? [workflowId] : [];
    const handle = await client.workflow.start(workflowType, { taskQueue, workflowId, args });
    const builds = await buildsWhenIdle(handle, deadlineMs, signal);
    if (builds.every((build) => build === buildId)) return;
    // A change of version sets reaches the queue's partitions after its call has returned: until then the old default
    // gets the work. Such a run belongs to another chapter, so it makes room for one that does not.
    await handle.terminate('started before the version sets were known everywhere');
  }
}

/** Signals the run until `buildId` has worked on it: its set's default changes some time after the call that changes it. */
export async function touchUntilWorkedOnBy(input: OpenRuns, workflowId: string): Promise<void> {
  const handle = input.client.workflow.getHandle(workflowId);
  const deadlineMs = Date.now() + SETTLE_LIMIT_MS;
  let builds: readonly string[];
  do {
    await handle.signal('touch');
    builds = await buildsWhenIdle(handle, deadlineMs, input.signal);
  } while (!builds.includes(input.buildId));
}

/**
 * Waits until the run's activity and every workflow task so far are completed; answers with the build of each task. Only
 * then may the worker of its stage go: a task left behind would be done by the next stage's code.
 */
async function buildsWhenIdle(
  handle: WorkflowHandle,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  while (Date.now() < deadlineMs) {
    const { events } = await handle.fetchHistory();
    const isActivityDone = events?.some((event) => event.activityTaskCompletedEventAttributes);
    if (isActivityDone && events?.at(-1)?.workflowTaskCompletedEventAttributes) {
      const tasks = events.flatMap((event) => event.workflowTaskCompletedEventAttributes ?? []);
      return tasks.map((task) => task.workerVersion?.buildId ?? '');
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  throw new CodedError(
    'deadline-exceeded',
    `the demo's run ${handle.workflowId} did not get where the story wants it within ${SETTLE_LIMIT_MS / 1_000} s.`,
    'Start the demo again when the machine is less busy.',
  );
}
