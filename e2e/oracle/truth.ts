import { replayAll, type RunSeed } from './make-session.ts';
import { type Code, COMPLETE, CONTINUE_AS_NEW } from './program.ts';
import { at, type Random } from './random.ts';
import { ableWorkers, mayReachChange, mayTake } from './routing.ts';
import type { Declined, PlayedTask, Session } from './session.ts';
import type { Run, Worker, World } from './world.ts';

/** One workflow task of a future. */
interface Step {
  /** null: a worker with the code in question. */
  readonly worker: Worker | null;
  /** It takes the run from memory, if it had the task before. */
  readonly keeps: boolean;
  readonly wakes: number;
  readonly declined: Declined;
}

/** A run at the moment of the question, or one that will start. */
interface Start extends RunSeed {
  readonly tasks: readonly PlayedTask[];
  readonly lastWorker: Worker | null;
  readonly memory: Session | null;
}

/** No program here has more waits. */
const STEPS_MAX = 16;

export interface Truth {
  /** What the change breaks; null: nothing. */
  readonly breakage: string | null;
  /** Something fails with the change that fails without it too. */
  readonly isBrokenAlready: boolean;
}

/**
 * Does the change break a run: one that is open, or that a worker which polls now starts or goes on with before it is stopped?
 * A future is played twice, with the code before the change and with the code after it; only what fails earlier with the latter is
 * broken by the change.
 * @param effort how many random futures are tried of each kind
 */
export function findTruth(world: World, random: Random, effort: number): Truth {
  let isBrokenAlready = false;
  for (const { start, steps, what } of attempts(world, random, effort)) {
    const outcome = outcomeOf(world, start, steps);
    if (outcome === 'breaks') return { breakage: `${what}: ${steps.map(nameOf).join(' ')}`, isBrokenAlready };
    if (outcome === 'broken-already') isBrokenAlready = true;
  }
  return { breakage: null, isBrokenAlready };
}

interface Attempt {
  readonly what: string;
  readonly start: Start;
  readonly steps: readonly Step[];
}

function* attempts(world: World, random: Random, effort: number): Generator<Attempt> {
  for (const run of world.runs) {
    // Whoever has the run's task now may keep the run from the change.
    const tasks = run.startedBy === null ? run.tasks : [...run.tasks, run.startedBy];
    if (!world.asked.includes(run.type) || !mayReachChange(world.fence, { ...run, tasks })) continue;
    const start = { ...run, memory: run.lastWorker?.cache.get(run) ?? null };
    if (run.closeTimeMs === null) {
      for (const steps of futuresOf(world, random, run, effort)) yield { what: run.runId, start, steps };
    } else if (world.policy === 'retention') {
      // Whoever queries it replays it, and nothing comes after.
      yield { what: `${run.runId} (closed)`, start, steps: [{ worker: null, keeps: false, wakes: 0, declined: 0 }] };
    }
  }
  yield* newRuns(world, random, effort);
}

function nameOf({ worker, keeps }: Step): string {
  return (worker === null ? 'NEW' : `${worker.code.name}@${worker.stamp.buildId}`) + (keeps ? '*' : '');
}

function* futuresOf(world: World, random: Random, run: Run, effort: number): Generator<readonly Step[]> {
  // Whoever keeps the run to himself from then on keeps it from the change too.
  const able = ableWorkers(world).filter(
    (worker) =>
      mayTake(world.fence, worker, run) && mayReachChange(world.fence, { ...run, tasks: [...run.tasks, { worker }] }),
  );
  const frame = { world, random, first: run.startedBy?.worker, wakes: run.pending || 1 };
  yield schedule(frame, () => null);
  for (const worker of able) {
    yield schedule(frame, handOver(worker, 0));
    yield schedule(frame, handOver(worker, random.between(1, 3)));
  }
  if (able.length === 0) return;
  for (let time = 0; time < effort; time += 1) yield schedule(frame, anyOf(random, able));
}

function* newRuns(world: World, random: Random, effort: number): Generator<Attempt> {
  for (const type of world.asked) {
    for (const taskQueue of world.taskQueues) {
      const begun = { tasks: [], taskQueue, override: null, inheritedPin: null };
      const able = ableWorkers(world).filter(
        (worker) =>
          mayTake(world.fence, worker, begun) && mayReachChange(world.fence, { ...begun, tasks: [{ worker }] }),
      );
      for (const worker of able) {
        for (let time = 0; time < 2 + effort; time += 1) {
          const start = { type, input: random.below(4), tasks: [], lastWorker: null, memory: null };
          const frame = { world, random, first: worker, wakes: 1 };
          const steps = schedule(frame, time > 1 ? anyOf(random, able) : handOver(worker, time * random.between(1, 3)));
          yield { what: 'a new run', start, steps };
        }
      }
    }
  }
}

interface ScheduleFrame {
  readonly world: World;
  readonly random: Random;
  /** Who takes the first task, where that is settled. */
  readonly first: Worker | undefined;
  readonly wakes: number;
}

function schedule(
  { world, random, first, wakes }: ScheduleFrame,
  next: (step: number) => Worker | null,
): readonly Step[] {
  const hasCallback = world.callbackUntilMs !== null && world.callbackUntilMs > world.nowMs;
  return Array.from({ length: STEPS_MAX }, (_, step): Step => {
    const worker = next(step);
    return {
      worker: step === 0 && first !== undefined ? first : worker,
      keeps: random.chance(0.5),
      wakes: step === 0 ? wakes : random.chance(0.9) ? 1 : 2,
      declined: hasCallback ? random.below(8) : 0,
    };
  });
}

/** The worker goes on until that step, then only the code in question is left. */
function handOver(worker: Worker, last: number): (step: number) => Worker | null {
  return (step) => (step <= last ? worker : null);
}

/** A rolling deploy, which ends with the code in question alone. */
function anyOf(random: Random, able: readonly Worker[]): () => Worker | null {
  let isOver = false;
  return () => {
    isOver ||= random.chance(0.1);
    return isOver || random.chance(0.4) ? null : random.pick(able);
  };
}

/**
 * Without a GetVersion call no old worker can follow, nor one of an SDK that tells Core of calls that it answered with `false`: the
 * task fails until a worker with the new code takes it, and nothing is lost.
 */
function canOthersFollow({ question, sdk }: World): boolean {
  return question.name !== 'drop-call' && !(question.name === 'remove' && sdk.style === 'sends-always');
}

function outcomeOf(world: World, start: Start, steps: readonly Step[]): 'fine' | 'breaks' | 'broken-already' {
  const withChange = firstFailure(world, start, steps, world.after);
  if (withChange === Infinity) return 'fine';
  return withChange < firstFailure(world, start, steps, world.before) ? 'breaks' : 'broken-already';
}

/** The index of the first step whose task fails; Infinity: none. */
function firstFailure(world: World, start: Start, steps: readonly Step[], newCode: Code): number {
  const tasks = [...start.tasks];
  const doOthersCount = canOthersFollow(world);
  let holder: Worker | null | undefined = start.lastWorker ?? undefined;
  let memory: Session | null = start.memory?.copy() ?? null;
  for (let index = 0; index < steps.length; index += 1) {
    const { worker, keeps, wakes, declined } = at(steps, index);
    const session: Session | string =
      keeps && memory !== null && holder === worker ? memory : replayAll(world, worker?.code ?? newCode, start, tasks);
    const events = typeof session === 'string' ? session : session.live(wakes, declined);
    if (typeof session === 'string' || typeof events === 'string') {
      if (worker === null || doOthersCount) return index;
      memory = null;
      continue;
    }
    tasks.push({ wakes, events });
    memory = session;
    holder = worker;
    const last = events[events.length - 1];
    if (last?.kind === 'command' && (last.name === COMPLETE || last.name === CONTINUE_AS_NEW)) return Infinity;
  }
  return Infinity;
}
