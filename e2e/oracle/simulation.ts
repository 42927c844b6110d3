import type { WorkerStamp } from '#lib/domain/history/events.ts';
import { openSession } from './make-session.ts';
import { COMPLETE, CONTINUE_AS_NEW, type Sdk } from './program.ts';
import { at, type Random } from './random.ts';
import { type Event, type Session } from './session.ts';
import { mayTake } from './routing.ts';
import { type Fence, MINUTE_MS, type Run, type Worker, type WorkflowType } from './world.ts';

/** What happens in a namespace up to the moment of the question: workers come and go, runs start, wake, reset and end. */
export interface Simulation {
  readonly random: Random;
  readonly types: readonly WorkflowType[];
  readonly sdk: Sdk;
  readonly patchIds: readonly string[];
  readonly runs: Run[];
  readonly workers: Worker[];
  nowMs: number;
  /** Until then a callback declines now and then; null: there is none. */
  callbackUntilMs: number | null;
  /** Below 1: everything happens faster. */
  readonly pace: number;
  /** How likely a worker that has the run in memory gets its next task. */
  readonly stickiness: number;
  fence: Fence | null;
}

export function pass(simulation: Simulation, fromMinutes: number, toMinutes: number): void {
  const minutes = simulation.random.between(fromMinutes, toMinutes);
  simulation.nowMs += Math.round(minutes * simulation.pace * MINUTE_MS) + 1;
}

export function startRun(simulation: Simulation, type: number, taskQueue: string, over: Partial<Run> = {}): Run {
  const { random, runs, nowMs } = simulation;
  const index = runs.length;
  const run: Run = {
    index,
    workflowId: `workflow-${index}`,
    runId: `run-${index}`,
    type,
    taskQueue,
    input: random.below(4),
    startTimeMs: nowMs,
    closeTimeMs: null,
    tasks: [],
    pending: 1,
    startedBy: null,
    lastWorker: null,
    lastEventId: 2,
    failure: null,
    inheritedPin: null,
    override: null,
    leftOverLabels: [],
    ...over,
  };
  runs.push(run);
  return run;
}

/** Which live calls a callback declines at this moment. */
function declinedNow({ random, callbackUntilMs, nowMs }: Simulation): number {
  return callbackUntilMs === null || nowMs >= callbackUntilMs ? 0 : random.below(8);
}

/** The worker that gets the run's next task: the one that remembers it, as long as it polls, or anybody. */
function nextWorker(simulation: Simulation, run: Run): Worker | null {
  const { random, workers, stickiness, fence } = simulation;
  const able = workers.filter((worker) => worker.stoppedMs === null && mayTake(fence, worker, run));
  if (able.length === 0) return null;
  const { lastWorker } = run;
  if (lastWorker !== null && able.includes(lastWorker) && lastWorker.cache.has(run) && random.chance(stickiness)) {
    return lastWorker;
  }
  return random.pick(able);
}

/** The worker's memory of the run: kept from its last task, or replayed. */
function memoryOf({ types, sdk }: Simulation, worker: Worker, run: Run): Session | string {
  const kept = run.lastWorker === worker ? worker.cache.get(run) : undefined;
  if (kept !== undefined) return kept;
  const session = openSession({ types, sdk }, worker.code, run);
  for (const task of run.tasks) {
    const failure = session.replay(task);
    if (failure !== null) return failure;
  }
  return session;
}

/** One workflow task of a run that has something to do; it fails where replay does. */
export function work(simulation: Simulation, run: Run): void {
  const worker = nextWorker(simulation, run);
  if (worker === null || run.pending === 0 || run.closeTimeMs !== null) return;
  // Between the start of a task and its end.
  const startedEventId = run.lastEventId + 1;
  const session = memoryOf(simulation, worker, run);
  if (typeof session === 'string') return fail(simulation, run, worker, session);
  const events = session.live(run.pending, declinedNow(simulation));
  if (typeof events === 'string') return fail(simulation, run, worker, events);
  complete(simulation, run, worker, startedEventId, events);
  worker.cache.set(run, session);
}

/** The task fails, and stays to be done. */
function fail(simulation: Simulation, run: Run, worker: Worker, failure: string): void {
  run.lastEventId += 3;
  run.failure = { message: failureText(simulation, failure), timeMs: simulation.nowMs };
  worker.cache.delete(run);
}

function complete(
  simulation: Simulation,
  run: Run,
  worker: Worker,
  startedEventId: number,
  events: readonly Event[],
): void {
  const completedEventId = startedEventId + 1;
  const lastEventId = completedEventId + events.length;
  const timeMs = simulation.nowMs;
  run.tasks.push({ wakes: run.pending, events, worker, startedEventId, completedEventId, lastEventId, timeMs });
  run.pending = 0;
  run.failure = null;
  run.lastWorker = worker;
  run.lastEventId = lastEventId;
  const last = events.at(-1);
  if (last?.kind !== 'command') return;
  if (last.name === COMPLETE || last.name === CONTINUE_AS_NEW) run.closeTimeMs = timeMs;
  if (last.name === CONTINUE_AS_NEW) {
    const pin = worker.doesPin ? worker.stamp.deploymentVersion : null;
    // Go carries the labels over, the next GetVersion replaces them.
    const leftOverLabels = simulation.sdk.style === 'version' ? labelsOf(run) : [];
    startRun(simulation, run.type, run.taskQueue, {
      workflowId: run.workflowId,
      input: run.input,
      inheritedPin: pin,
      leftOverLabels,
    });
  }
}

/** The values of TemporalChangeVersion that the run has now, as indexes of patches. */
export function labelsOf(run: Run): readonly number[] {
  const upsert = run.tasks.flatMap(({ events }) => events).findLast((event) => event.kind === 'label');
  if (upsert === undefined) return run.leftOverLabels;
  return [0, 1, 2, 3].filter((patch) => (upsert.ids & (1 << patch)) !== 0);
}

/** The words of Core, as far as anybody reads them. */
function failureText({ patchIds }: Simulation, failure: string): string {
  const [what, patch] = failure.split(':');
  if (what !== 'no call') return `[TMPRL1100] Nondeterminism error: ${failure}`;
  const id = at(patchIds, Number(patch));
  return (
    `[TMPRL1100] Nondeterminism error: Non-deprecated patch marker encountered for change ${id}, ` +
    'but there is no corresponding change command!'
  );
}

/** A signal or timer that the run waits for. */
export function wake(simulation: Simulation, run: Run): void {
  if (run.tasks.length > 0 && run.pending < 2) {
    run.pending += 1;
    run.lastEventId += 1;
  }
  work(simulation, run);
}

/** Ends the run and begins it anew from before one of its tasks. */
export function reset(simulation: Simulation, run: Run): void {
  const { random, nowMs } = simulation;
  if (run.tasks.length === 0) return;
  const kept = random.below(run.tasks.length);
  const undone = at(run.tasks, kept);
  startRun(simulation, run.type, run.taskQueue, {
    workflowId: run.workflowId,
    input: run.input,
    tasks: run.tasks.slice(0, kept),
    pending: undone.wakes,
    lastEventId: undone.completedEventId,
    inheritedPin: run.inheritedPin,
    override: run.override,
    leftOverLabels: run.leftOverLabels,
    lastWorker: run.tasks[kept - 1]?.worker ?? null,
  });
  run.closeTimeMs ??= nowMs;
}

function startedStamp(random: Random, { stamp }: Worker): WorkerStamp {
  const none = { buildId: null, useVersioning: false, deploymentVersion: null };
  if (!stamp.useVersioning) return random.chance(0.8) ? stamp : none;
  const isHalf = stamp.deploymentVersion !== null && random.chance(0.5);
  return isHalf ? { ...stamp, deploymentVersion: null } : none;
}

/** A worker takes the next task and keeps it until after the question. */
export function begin(simulation: Simulation, run: Run): Worker | null {
  const worker = nextWorker(simulation, run);
  if (worker === null || typeof memoryOf(simulation, worker, run) === 'string') return null;
  run.pending ||= 1;
  run.lastEventId += 2;
  run.startedBy = {
    worker,
    eventId: run.lastEventId,
    timeMs: simulation.nowMs,
    stamp: startedStamp(simulation.random, worker),
  };
  return worker;
}
