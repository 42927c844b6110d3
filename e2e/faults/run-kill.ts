import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createBarrier } from '#e2e/faults/barrier.ts';
import { gather, outcomeOf, writesOf } from '#e2e/faults/follow-change.ts';
import type { Struck } from '#e2e/faults/judge.ts';
import { letWriteArrive } from '#e2e/faults/let-write-arrive.ts';
import type { Patchboard, Wish } from '#e2e/faults/patchboard.ts';
import type { Phase } from '#e2e/faults/phases.ts';
import { type ProcessOrder, type ProcessRequest, processRequest } from '#e2e/faults/process-talk.ts';
import type { Rig, RigLane } from '#e2e/faults/rig.ts';
import { bringTo, type Scenario } from '#e2e/faults/scenarios.ts';
import { whenAnswered } from '#e2e/faults/when-answered.ts';

export interface KillJob {
  readonly taskQueue: string;
  readonly phase: Phase;
  readonly scenario: Scenario;
}

interface Prepared extends KillJob {
  readonly wish: Wish;
  readonly way: RigLane;
}

const FAULT = 'SIGKILL of Patchboard';
const PROGRAM = fileURLToPath(new URL('patchboard-process.ts', import.meta.url));
const STRUCK_TIMEOUT_MS = 60_000;
/** What the killed process had sent and the network held arrives after at most so long, or never. */
const LANDS_AFTER_MAX_MS = 800;

/**
 * One SIGKILL of a Patchboard process with as many changes under way as there are lanes, each in its phase; then a new process on the same store
 * settles them. `patchboard` looks on: it plans beforehand, and asks again afterwards.
 */
export async function runKill(
  rig: Rig,
  patchboard: Patchboard,
  storePath: string,
  jobs: readonly KillJob[],
): Promise<Struck[]> {
  const prepared = await Promise.all(
    jobs.map(async (job, index): Promise<Prepared> => {
      const way = rig.lanes[index];
      if (!way) throw new Error('fewer lanes than changes');
      await bringTo(rig.second, job.taskQueue, job.scenario.setup);
      return { ...job, way, wish: await patchboard.plan(job.taskQueue, job.scenario) };
    }),
  );
  const { address, namespace, tap } = rig;
  const orders = prepared.map(({ taskQueue, phase, way, wish }) => ({
    taskQueue,
    phase,
    lane: way.lane.address,
    wish,
  }));
  await killWhenStruck(rig, prepared, { storePath, address, namespace, isServing: false, jobs: orders });
  await Promise.all(prepared.map(({ way }) => leaveLane(way)));
  const healedMs = Date.now();
  // Its readings pass the tap, so that they can be seen from outside.
  await using successor = startProcess({ storePath, address: tap.address, namespace, isServing: true, jobs: [] });
  void successor;
  // Awaited here: the successor ends with this function.
  return await Promise.all(
    prepared.map(async ({ taskQueue, phase, scenario, wish }) => {
      await outcomeOf(patchboard, wish).catch(() => undefined);
      const sent = () => writesOf(tap, taskQueue);
      const course = { taskQueue, wish, phase, fault: FAULT, scenario, sent };
      return gather(patchboard, rig.second, course, { healedMs, answers: [] });
    }),
  );
}

async function killWhenStruck({ tap }: Rig, prepared: readonly Prepared[], order: ProcessOrder): Promise<void> {
  await using process = startProcess(order);
  const { child } = process;
  const atWork = prepared.filter(({ phase }) => phase === 'between send and reply, at work');
  const everybody = createBarrier(prepared.length, () =>
    letWriteArrive(
      tap,
      atWork.map(({ taskQueue, way }) => ({ taskQueue, lane: way.lane })),
    ),
  );
  const ways = new Map(prepared.map(({ taskQueue, way }) => [taskQueue, way]));
  child.on('message', (message) => {
    const { number, taskQueue, what } = processRequest.parse(message);
    if (what === 'strike') {
      everybody.count();
      return;
    }
    const way = ways.get(taskQueue);
    if (way) void answer(tap, way, taskQueue, what).then(() => child.send(number));
  });
  const limit = AbortSignal.timeout(STRUCK_TIMEOUT_MS);
  const tooLate = once(limit, 'abort').then(() => {
    throw new Error('not every change came to its phase');
  });
  await Promise.race([
    everybody.passed,
    process.ended.then(() => Promise.reject(new Error('it ended by itself'))),
    tooLate,
  ]);
}

async function answer(
  tap: Rig['tap'],
  { lane }: RigLane,
  taskQueue: string,
  what: Exclude<ProcessRequest['what'], 'strike'>,
): Promise<void> {
  switch (what) {
    case 'hold up':
      return lane.hold('up');
    case 'hold down':
      return lane.hold('down');
    case 'release':
      return lane.heal();
    case 'answered read':
      return whenAnswered(tap, taskQueue, 'read');
    case 'answered write':
      return whenAnswered(tap, taskQueue, 'write');
  }
}

/** Half of the dead process's requests that were held arrive yet, as a network would bring them; then the lane is as new. */
async function leaveLane({ lane }: RigLane): Promise<void> {
  if (Math.random() < 0.5) {
    await sleep(Math.random() * LANDS_AFTER_MAX_MS);
    await lane.heal();
  }
  await lane.shut();
  await lane.heal();
}

interface Running extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

/** Disposing kills it, without a moment's notice. */
function startProcess(order: ProcessOrder): Running {
  const child = fork(PROGRAM, [JSON.stringify(order)]);
  const ended = once(child, 'exit');
  return {
    child,
    ended,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
