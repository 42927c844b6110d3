import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerNamespaces } from '#e2e/harness/namespaces.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import { connectPort, testServers } from '#server/temporal/testing/test-servers.ts';

const { CommandType } = proto.temporal.api.enums.v1;
type Command = temporal.api.command.v1.Command.$Properties;

const KNOWN_MS = 2_000;

/** Long polls of a worker at a time: with few, none may be at the partition that has the task. */
const POLLERS = 8;
const POLL_MS = 60_000;

const completion: Command = {
  commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
  completeWorkflowExecutionCommandAttributes: {},
};

/** `isCompatible`: as SDKs ask for it unless the code says `VersioningIntent.DEFAULT`. Without a queue: the run's own. */
function child(workflowId: string, isCompatible: boolean): Command {
  return {
    commandType: CommandType.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION,
    startChildWorkflowExecutionCommandAttributes: {
      workflowId,
      workflowType: { name: 'Child' },
      inheritBuildId: isCompatible,
    },
  };
}

function again(isCompatible: boolean): Command {
  return {
    commandType: CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
    continueAsNewWorkflowExecutionCommandAttributes: {
      workflowType: { name: 'Parent' },
      inheritBuildId: isCompatible,
    },
  };
}

function activity(activityId: string, taskQueue: string, isCompatible: boolean): Command {
  return {
    commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
    scheduleActivityTaskCommandAttributes: {
      activityId,
      activityType: { name: 'greet' },
      taskQueue: { name: taskQueue },
      startToCloseTimeout: { seconds: proto.google.protobuf.Duration.fromObject({ seconds: 60 }).seconds },
      useWorkflowBuildId: isCompatible,
    },
  };
}

type Tasks<T> = ReadableStreamDefaultReader<T>;
type WorkflowTask = temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
type ActivityTask = temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;

/** What the note `started-work` of a plan says, and what its notes on runs without version say of the work that those start. */
describe.each(testServers(process.env))('work that runs start, on %s', (_, address) => {
  const namespace = `started-${randomUUID()}`;
  let temporal: TemporalPort;
  let connection: Connection;

  beforeAll(async () => {
    await registerNamespaces(address, [namespace]);
    connection = await Connection.connect({ address });
    temporal = connectPort(address);
  });
  afterAll(async () => {
    ended.abort();
    temporal?.close();
    await connection?.close();
  });

  /** The queue's partitions learn of it a moment later; what one of them was given before that waits there. */
  async function addDefault(taskQueue: string, buildId: string): Promise<void> {
    await temporal.updateVersionSets({ namespace, taskQueue, operation: { kind: 'add-new-default', buildId } });
    await pause(KNOWN_MS);
  }

  const start = (taskQueue: string, workflowId: string, cronSchedule = '') =>
    connection.workflowService.startWorkflowExecution({
      namespace,
      workflowId,
      workflowType: { name: 'Parent' },
      taskQueue: { name: taskQueue },
      requestId: randomUUID(),
      cronSchedule,
    });

  const wake = (workflowId: string) =>
    connection.workflowService.signalWorkflowExecution({
      namespace,
      workflowExecution: { workflowId },
      signalName: 'go',
      requestId: randomUUID(),
    });

  /** By queue and build: the tasks that a worker was given, in the order in which they came. */
  const workflowTasks = new Map<string, Tasks<WorkflowTask>>();
  const activityTasks = new Map<string, Tasks<ActivityTask>>();
  const ended = new AbortController();

  /**
   * Who polled once polls on, as workers do, side by side with all others: on 1.29.1 tasks of one partition wait in one line, where
   * one that only an unversioned worker may have keeps back those for the queue default, and the other way about.
   */
  async function next<T>(lanes: Map<string, Tasks<T>>, worker: string, poll: () => Promise<T | null>): Promise<T> {
    const tasks = lanes.get(worker) ?? startPollers(poll).getReader();
    lanes.set(worker, tasks);
    const { value } = await tasks.read();
    if (value === undefined) throw new Error('the pollers have ended');
    return value;
  }

  function startPollers<T>(poll: () => Promise<T | null>): ReadableStream<T> {
    const once = () => connection.withDeadline(Date.now() + POLL_MS, poll);
    return new ReadableStream<T>({
      start: (tasks) => {
        const keepPolling = async () => {
          while (!ended.signal.aborted) {
            const task = await connection.withAbortSignal(ended.signal, once).catch(() => null);
            if (task !== null) tasks.enqueue(task);
          }
        };
        for (let poller = 0; poller < POLLERS; poller += 1) void keepPolling();
      },
    });
  }

  /** Takes the next task that Temporal gives this build (null: an unversioned worker), and answers it; the run's workflow id. */
  async function work(taskQueue: string, buildId: string | null, commands: Command[]): Promise<string> {
    const stamp = { buildId: buildId ?? 'a label', useVersioning: buildId !== null };
    const { taskToken, workflowExecution } = await next(
      workflowTasks,
      JSON.stringify([taskQueue, buildId]),
      async () => {
        const task = await connection.workflowService.pollWorkflowTaskQueue({
          namespace,
          taskQueue: { name: taskQueue },
          identity: 'played',
          workerVersionCapabilities: stamp,
        });
        return task.workflowExecution === null ? null : task;
      },
    );
    await connection.workflowService.respondWorkflowTaskCompleted({
      taskToken: taskToken ?? null,
      namespace,
      identity: 'played',
      commands,
      workerVersionStamp: stamp,
    });
    return workflowExecution?.workflowId ?? '';
  }

  /** The id of the next activity that Temporal gives this build. */
  async function take(taskQueue: string, buildId: string | null): Promise<string> {
    const { activityId } = await next(activityTasks, JSON.stringify([taskQueue, buildId]), async () => {
      const task = await connection.workflowService.pollActivityTaskQueue({
        namespace,
        taskQueue: { name: taskQueue },
        identity: 'played',
        workerVersionCapabilities: { buildId: buildId ?? 'a label', useVersioning: buildId !== null },
      });
      return task.activityId === '' ? null : task;
    });
    return activityId;
  }

  /** A run of this build that has completed its first task. */
  async function begin(taskQueue: string, buildId: string | null, workflowId: string): Promise<void> {
    await start(taskQueue, workflowId);
    expect(await work(taskQueue, buildId, [])).toBe(workflowId);
  }

  /** The run decides this, once it is woken. */
  async function decide(taskQueue: string, buildId: string | null, workflowId: string, commands: Command[]) {
    await wake(workflowId);
    expect(await work(taskQueue, buildId, commands)).toBe(workflowId);
  }

  test('stays with the set of the run, and goes to the queue default where the code asks for it', async () => {
    const taskQueue = 'versioned';
    await addDefault(taskQueue, 'a');
    for (const workflowId of ['activities', 'again', 'anew']) await begin(taskQueue, 'a', workflowId);
    await addDefault(taskQueue, 'b');

    const activities = [activity('compatible', taskQueue, true), activity('default', taskQueue, false)];
    await decide(taskQueue, 'a', 'activities', activities);
    expect(await take(taskQueue, 'a')).toBe('compatible');
    expect(await take(taskQueue, 'b')).toBe('default');

    await decide(taskQueue, 'a', 'again', [again(true)]);
    expect(await work(taskQueue, 'a', [completion])).toBe('again');
    await decide(taskQueue, 'a', 'anew', [again(false)]);
    expect(await work(taskQueue, 'b', [completion])).toBe('anew');
  });

  test('as children does the same', async () => {
    const taskQueue = 'parents';
    await addDefault(taskQueue, 'a');
    await begin(taskQueue, 'a', 'parent');
    await addDefault(taskQueue, 'b');
    await decide(taskQueue, 'a', 'parent', [child('compatible child', true), child('default child', false)]);
    expect(await work(taskQueue, 'b', [])).toBe('default child');
    // That its children started wakes the parent, once or twice.
    const served = new Set<string>();
    while (!served.has('compatible child')) served.add(await work(taskQueue, 'a', []));
    expect(served).not.toContain('default child');
  });

  test('of a cron workflow goes to the queue default at its next run', async () => {
    const taskQueue = 'cron';
    await addDefault(taskQueue, 'a');
    await start(taskQueue, 'c', '@every 1s');
    expect(await work(taskQueue, 'a', [])).toBe('c');
    await addDefault(taskQueue, 'b');
    await wake('c');
    expect(await work(taskQueue, 'a', [completion])).toBe('c');
    expect(await work(taskQueue, 'b', [])).toBe('c');
  });

  // Again on another queue: on 1.29.1 one try of twenty or so on a busy machine leaves a task with no worker for minutes, why is not known.
  test(
    'as children or continue-as-new of a run without version goes to the queue default, though the run and its activities stay',
    { retry: 2, timeout: 60_000 },
    async () => {
      const taskQueue = `unversioned ${randomUUID()}`;
      const on = (name: string) => `${name} on ${taskQueue}`;
      const [anew, parent, activities] = [on('again'), on('parent'), on('activities')];
      for (const workflowId of [anew, parent, activities]) await begin(taskQueue, null, workflowId);
      await addDefault(taskQueue, 'a');
      const both = [activity('compatible', taskQueue, true), activity('default', taskQueue, false)];
      await decide(taskQueue, null, activities, both);
      expect(await take(taskQueue, null)).toBe('compatible');
      expect(await take(taskQueue, 'a')).toBe('default');
      await decide(taskQueue, null, anew, [again(true)]);
      expect(await work(taskQueue, 'a', [completion])).toBe(anew);
      await decide(taskQueue, null, parent, [child(on('child'), true)]);
      expect(await work(taskQueue, 'a', [completion])).toBe(on('child'));
    },
  );
});
