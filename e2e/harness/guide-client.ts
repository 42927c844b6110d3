import type { z } from 'zod';
import { runCommand } from './command.ts';
import {
  done,
  runCounts,
  type RunCounts,
  startedRuns,
  type StartedRun,
  versionSets,
  type VersionSetsAnswer,
} from './guide-answers.ts';

/** The guide's four operations, and merge; the words are those of `client.py update-sets`. */
export type SetsOperation =
  | { readonly kind: 'add-new-default' | 'promote-within-set' | 'promote-set'; readonly buildId: string }
  | {
      readonly kind: 'add-new-compatible';
      readonly buildId: string;
      readonly existing: string;
      readonly promoteSet?: boolean;
    }
  | { readonly kind: 'merge-sets'; readonly primary: string; readonly secondary: string };

/** The Python client: the tests' second opinion on sets and counts, and the hand that moves runs. */
export interface GuideClient {
  /** Starts `prefix-0`, `prefix-1`, …; waits until each is at its wait, unless told not to (no worker yet). */
  readonly startRuns: (
    taskQueue: string,
    prefix: string,
    count: number,
    options?: { readonly shouldWait: boolean },
  ) => Promise<StartedRun[]>;
  /** Sends `finish` and waits until the run completed; needs a worker that can replay it. */
  readonly finishRun: (workflowId: string) => Promise<void>;
  readonly signalRun: (workflowId: string, signal: string) => Promise<void>;
  readonly terminateRun: (workflowId: string) => Promise<void>;
  readonly getSets: (taskQueue: string) => Promise<VersionSetsAnswer>;
  /** Resolves with the sets read after the change. */
  readonly updateSets: (taskQueue: string, operation: SetsOperation) => Promise<VersionSetsAnswer>;
  /** Counts from whole histories; all queues where none is named. */
  readonly count: (...taskQueues: string[]) => Promise<RunCounts>;
}

/** Longer than any wait inside the client. */
const CALL_TIMEOUT_MS = 120_000;

export function createGuideClient(python: string, script: string, address: string, namespace: string): GuideClient {
  const call = async <T>(schema: z.ZodType<T>, command: string, ...args: string[]): Promise<T> => {
    const end = await runCommand(python, [script, address, namespace, command, ...args], {
      timeoutMs: CALL_TIMEOUT_MS,
      env: { PYTHONDONTWRITEBYTECODE: '1' },
    });
    if (end.code !== 0) throw new Error(`the guide's client failed at ${command} ${args.join(' ')}:\n${end.output}`);
    return schema.parse(JSON.parse(end.stdout));
  };
  return {
    startRuns: async (taskQueue, prefix, count, options = { shouldWait: true }) => {
      const wait = options.shouldWait ? [] : ['--no-wait'];
      return (await call(startedRuns, 'start', taskQueue, prefix, String(count), ...wait)).runs;
    },
    finishRun: async (workflowId) => void (await call(done, 'finish', workflowId)),
    signalRun: async (workflowId, signal) => void (await call(done, 'signal', workflowId, signal)),
    terminateRun: async (workflowId) => void (await call(done, 'terminate', workflowId)),
    getSets: (taskQueue) => call(versionSets, 'get-sets', taskQueue),
    updateSets: (taskQueue, operation) => call(versionSets, 'update-sets', taskQueue, ...argumentsOf(operation)),
    count: (...taskQueues) => call(runCounts, 'count', ...taskQueues.map((queue) => `--task-queue=${queue}`)),
  };
}

function argumentsOf(operation: SetsOperation): string[] {
  switch (operation.kind) {
    case 'add-new-default':
    case 'promote-within-set':
    case 'promote-set':
      return [operation.kind, operation.buildId];
    case 'add-new-compatible': {
      const promotion = operation.promoteSet === true ? ['--promote-set'] : [];
      return [operation.kind, operation.buildId, operation.existing, ...promotion];
    }
    case 'merge-sets':
      return [operation.kind, operation.primary, operation.secondary];
  }
}
