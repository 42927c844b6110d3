import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import { createFencing } from './fencing.ts';
import { DEFAULT_VERSION, type Code, type Form, type Sdk } from './program.ts';
import { at, type Random } from './random.ts';
import { begin, pass, reset, type Simulation, startRun, wake, work } from './simulation.ts';
import { stampFor, type StampScheme } from './stamps.ts';
import { MINUTE_MS, type Hazard, type Run, type World, type Worker, type WorkflowType } from './world.ts';

interface StoryFrame {
  readonly random: Random;
  readonly hazards: ReadonlySet<Hazard>;
  readonly question: PatchQuestion;
  readonly types: readonly WorkflowType[];
  readonly sdk: Sdk;
  readonly patchIds: readonly string[];
  readonly codes: readonly Code[];
  /** What a code has at the places of the asked patch. */
  readonly formsAsked: (code: Code) => readonly Form[];
}

type Story = Pick<World, 'taskQueues' | 'workers' | 'runs' | 'nowMs' | 'beganMs' | 'callbackUntilMs' | 'fence'>;

const BEGAN_MS = 1_700_000_000_000;

/** Deploys the codes one after another over live runs, and stops at the moment of the question. */
export function playStory(frame: StoryFrame): Story {
  const { random, hazards, codes } = frame;
  const taskQueues = hazards.has('several-queues') ? ['queue-a', 'queue-b'] : ['queue-a'];
  const scheme = schemeFor(frame);
  const fencing = createFencing(random, hazards, codes);
  const hasCallback = hazards.has('callback');
  const callbackEndsAt = hasCallback && random.chance(0.6) ? random.below(codes.length) : Infinity;
  const simulation: Simulation = {
    random,
    types: frame.types,
    sdk: frame.sdk,
    patchIds: frame.patchIds,
    runs: [],
    workers: [],
    nowMs: BEGAN_MS,
    callbackUntilMs: hasCallback ? Infinity : null,
    pace: random.chance(0.3) ? 0.05 : 1,
    stickiness: hazards.has('sticky') ? 1 : 0.5,
    fence: fencing.fenceAt(-1),
  };
  // Who has the branch that goes may go on in it, which shows where its commands come late.
  const lastStops = hazards.has('late-commands') ? 0.65 : 0.85;
  const sleepers = new Set<Run>();
  const hasSdkBump = random.chance(0.08);
  const mayDrain = random.chance(hazards.has('sleeping') ? 0.25 : 0.7);
  const drainsAt = mayDrain ? random.below(codes.length) + 1 : Infinity;

  function deploy(index: number, taskQueue: string): void {
    const stamp = fencing.stampAt(index) ?? stampFor(scheme, index, taskQueues.indexOf(taskQueue));
    simulation.workers.push({
      index: simulation.workers.length,
      taskQueue,
      code: at(codes, index),
      stamp,
      sdkVersion: hasSdkBump && random.chance(0.5) ? '1.36.0' : '1.35.0',
      doesPin: fencing.doesPin(index),
      startedMs: simulation.nowMs,
      stoppedMs: null,
      cache: new Map(),
    });
  }

  const stop = (worker: Worker) => {
    worker.stoppedMs = simulation.nowMs;
  };
  const polling = () => simulation.workers.filter(({ stoppedMs }) => stoppedMs === null);
  const open = () => simulation.runs.filter(({ closeTimeMs }) => closeTimeMs === null);

  function act(times: number): void {
    for (let time = 0; time < times; time += 1) {
      pass(simulation, 1, 40);
      const runs = open().filter((run) => !sleepers.has(run));
      const what = random.next();
      if (what < 0.4 || runs.length === 0) {
        const run = startRun(simulation, random.below(frame.types.length), random.pick(taskQueues));
        work(simulation, run);
        if (random.chance(hazards.has('sleeping') ? 0.5 : 0.1)) sleepers.add(run);
      } else if (what < 0.5 && hazards.has('resets')) {
        reset(simulation, random.pick(simulation.runs));
      } else {
        wake(simulation, random.pick(runs));
      }
    }
  }

  /** Runs that are left alone long enough end. */
  function drain(): void {
    for (const run of open()) {
      if (sleepers.has(run) && random.chance(0.7)) continue;
      for (let time = 0; time < 16 && run.closeTimeMs === null; time += 1) wake(simulation, run);
      pass(simulation, 1, 3);
    }
  }

  for (const index of codes.keys()) {
    if (index === callbackEndsAt) simulation.callbackUntilMs = simulation.nowMs;
    if (index === drainsAt) drain();
    const before = polling();
    simulation.fence = fencing.fenceAt(index);
    for (const taskQueue of taskQueues) {
      // Another queue may be deployed later, or not at all.
      const isLeftOut = index > 0 && taskQueues.length > 1 && random.chance(0.25);
      if (!isLeftOut) deploy(index, taskQueue);
    }
    act(random.between(0, 3));
    pass(simulation, 5, 120);
    const doesRollBack = hazards.has('rollback') && index > 0 && random.chance(0.5);
    const isLast = index === codes.length - 1;
    for (const worker of before) {
      const hasSuccessor = polling().some((other) => other.taskQueue === worker.taskQueue && !before.includes(other));
      if (hasSuccessor && random.chance(isLast ? lastStops : 0.92)) stop(worker);
    }
    pass(simulation, 1, 2);
    act(random.between(0, 3));
    if (doesRollBack) rollBack(index);
    pass(simulation, 10, 300);
  }
  if (drainsAt === codes.length) drain();

  function rollBack(index: number): void {
    const failed = polling();
    const earlier = random.below(index);
    for (const taskQueue of taskQueues) deploy(earlier, taskQueue);
    for (const worker of failed) if (random.chance(0.8)) stop(worker);
    pass(simulation, 1, 30);
    act(random.between(1, 3));
    const rolledBack = polling().filter((worker) => !failed.includes(worker));
    for (const taskQueue of taskQueues) deploy(index, taskQueue);
    for (const worker of rolledBack) if (random.chance(0.85)) stop(worker);
    pass(simulation, 1, 30);
    act(random.between(0, 2));
  }

  endStory();
  // Retention has taken some closed runs away.
  const keepsFromMs = hazards.has('retention') ? BEGAN_MS + random.next() * (simulation.nowMs - BEGAN_MS) : BEGAN_MS;
  return {
    taskQueues,
    workers: simulation.workers,
    runs: simulation.runs.filter(({ closeTimeMs }) => closeTimeMs === null || closeTimeMs >= keepsFromMs),
    nowMs: simulation.nowMs,
    beganMs: BEGAN_MS,
    callbackUntilMs: simulation.callbackUntilMs,
    fence: fencing.fenceAt(codes.length),
  };

  function endStory(): void {
    for (const worker of polling()) if (isAskedTooEarly(frame, polling(), worker)) stop(worker);
    pass(simulation, 1, 5);
    if (hazards.has('no-task') && random.chance(0.8)) {
      for (const taskQueue of taskQueues) startRun(simulation, random.below(frame.types.length), taskQueue);
    }
    if (hazards.has('started-task') && open().length > 0 && random.chance(0.8)) {
      const worker = begin(simulation, random.pick(open()));
      // A worker that shuts down ends the task that it has, and polls no more.
      if (worker !== null && polling().length > 1 && random.chance(0.6)) stop(worker);
    }
    const isDeployed = simulation.fence !== null && simulation.fence.current !== null;
    for (const run of open()) {
      // Somebody moved the run by hand.
      if (isDeployed && random.chance(0.1)) run.override = fencing.overrideFor(random);
    }
    pass(simulation, 1, 90);
    // Mostly who stopped polling is not listed any more.
    if (random.chance(0.8)) simulation.nowMs += 6 * MINUTE_MS;
  }
}

/**
 * What the questions presume: the call is dropped where DefaultVersion is not supported any more, and `deprecate_patch` goes where
 * that is what runs, not where the newest code still has `patched` at another place.
 */
function isAskedTooEarly({ question, formsAsked }: StoryFrame, polling: readonly Worker[], { code }: Worker): boolean {
  const forms = formsAsked(code);
  switch (question.name) {
    case 'drop-call':
      return forms.some((form) => form.kind === 'version' && form.min === DEFAULT_VERSION && form.max > 0);
    case 'remove': {
      const isDone = polling.some((worker) => formsAsked(worker.code).every(({ kind }) => kind === 'deprecated'));
      return !isDone && forms.some(({ kind }) => kind === 'deprecated');
    }
    case 'deprecate':
    case 'raise-min':
      return false;
  }
}

function schemeFor({ random, hazards, sdk }: StoryFrame): StampScheme {
  const isReused = hazards.has('reused-id') || (hazards.has('wrong-fact') && random.chance(0.6));
  const isConstant = isReused && random.chance(0.3);
  return {
    isHashed: sdk.name === 'temporal-typescript' && random.chance(0.6),
    hasNone: hazards.has('no-id') && random.chance(0.6),
    // From that code on the ID of the code before is used again.
    reusedFrom: isConstant ? 1 : isReused ? random.between(1, 4) : Infinity,
    reusedTo: isConstant ? Infinity : random.between(1, 4),
    isOtherOnSecondQueue: hazards.has('several-queues') && random.chance(0.4),
  };
}
