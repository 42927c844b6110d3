import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { RunHistory } from '#e2e/harness/replay.ts';
import { waitFor } from '#e2e/harness/wait.ts';

const { EventType } = proto.temporal.api.enums.v1;

const STEP_TIMEOUT_MS = 60_000;

/** Its workers cannot replay the run: the workflow task failed, and is tried again for ever. */
export class StuckError extends Error {}

/** Run of a story: each step is a signal, done when the workflow task that it led to is. */
export interface StoryRun {
  readonly workflowId: string;
  /** Sends `go` and waits until its workflow task is completed. Throws `StuckError` when it failed instead. */
  readonly go: () => Promise<void>;
  /** Sends `finish` and waits until the run ended. Throws `StuckError` when its workflow task failed instead. */
  readonly finish: () => Promise<void>;
  /** Ends it without a worker. */
  readonly terminate: () => Promise<void>;
  /** The newest run's history, as it is now. */
  readonly history: () => Promise<RunHistory['history']>;
}

export interface OpenRunOptions {
  readonly client: Client;
  readonly workflowId: string;
  /** A reason why waiting is hopeless. */
  readonly whyNobodyWorks: () => string | undefined;
  readonly onEnded: () => void;
}

export function openRun(options: OpenRunOptions): StoryRun & { readonly untilBegun: () => Promise<void> } {
  const { client, workflowId, whyNobodyWorks, onEnded } = options;
  const newest = () => client.workflow.getHandle(workflowId);
  const current = async () => client.workflow.getHandle(workflowId, (await newest().describe()).runId);

  async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const run = await current();
    const found = await waitFor(
      async () => {
        if (await isSo()) return 'so';
        return hasFailed(await run.fetchHistory()) ? 'stuck' : undefined;
      },
      { what: `${workflowId} ${what}`, timeoutMs: STEP_TIMEOUT_MS, isHopeless: whyNobodyWorks },
    );
    if (found === 'stuck') throw new StuckError(`${workflowId} is stuck`);
  }

  /** So many workflow tasks were completed, and none is waiting or under way. */
  async function untilDone(tasks: number, handle = newest()): Promise<void> {
    await until(`completing ${tasks} workflow tasks`, async () => {
      const history = await handle.fetchHistory();
      return (
        completedTasks(history) >= tasks && lastTaskEvent(history) === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
      );
    });
  }

  return {
    workflowId,
    untilBegun: () => untilDone(1),
    history: () => newest().fetchHistory(),
    go: async () => {
      const run = await current();
      const done = completedTasks(await run.fetchHistory());
      await newest().signal('go');
      await untilDone(done + 1, run);
      // The step may have been to continue as new.
      await untilDone(1);
    },
    finish: async () => {
      await newest().signal('finish');
      await until('ending', async () => (await newest().describe()).status.name !== 'RUNNING');
      onEnded();
    },
    terminate: async () => {
      await newest().terminate();
      onEnded();
    },
  };
}

function completedTasks({ events }: RunHistory['history']): number {
  return (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes).length;
}

type EventKind = proto.temporal.api.enums.v1.EventType;

const TASK_EVENTS: ReadonlySet<EventKind> = new Set([
  EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
]);

function lastTaskEvent({ events }: RunHistory['history']): EventKind | undefined {
  return events?.flatMap(({ eventType }) => (eventType && TASK_EVENTS.has(eventType) ? [eventType] : [])).at(-1);
}

/** A failed task is tried again at once: newer servers add the retry's first events to what they send, older ones nothing. */
function hasFailed({ events }: RunHistory['history']): boolean {
  const ended = events?.findLast((e) => e.workflowTaskCompletedEventAttributes || e.workflowTaskFailedEventAttributes);
  return Boolean(ended?.workflowTaskFailedEventAttributes);
}
