import type { Poller } from '#lib/domain/task-queues/types.ts';
import type { WorkerSeen } from '#lib/domain/verdict/types.ts';
import { queueDefault } from '#lib/domain/version-sets/queries.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import { hasCode } from '#server/errors.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { Budget } from '#server/usecases/verdict/budget.ts';

/** Temporal lists a poller for five minutes after its last poll: readings this close together miss nobody. */
const GAP_MAX_MS = 4 * 60_000;

/** Between histories the next reading is due this long after the last, so that it ends within the gap. */
const DUE_MS = 3 * 60_000;

/** Queues read at the same time; each costs a call a partition. */
const QUEUES_AT_ONCE = 4;

/** Everybody who polls some queues, over the whole time in which histories are read. */
export interface WorkerWatch {
  /** Reads the queues now, these too from now on. */
  readonly read: (taskQueues: Iterable<string>) => Promise<void>;
  /** Reads those of the queues that were not read yet. */
  readonly add: (taskQueues: Iterable<string>) => Promise<void>;
  /** Reads again when the last reading is minutes ago; called between histories. undefined: it is not. */
  readonly keep: () => Promise<void> | undefined;
  /** The union over all readings. */
  readonly workersOf: (taskQueues: Iterable<string>) => readonly WorkerSeen[];
  readonly setsByQueue: () => ReadonlyMap<string, VersionSets>;
  /** When the last of these queues was first read, epoch ms; null: one was not. */
  readonly sinceMs: (taskQueues: Iterable<string>) => number | null;
  /** True: each of these queues was read at least twice, and never with a gap in which a worker could come and go. */
  readonly isWatched: (taskQueues: Iterable<string>) => boolean;
}

interface QueueWatch {
  readonly workers: Map<string, WorkerSeen>;
  readonly readAtMs: number[];
  hasGap: boolean;
}

function newWatch(): QueueWatch {
  return { workers: new Map(), readAtMs: [], hasGap: false };
}

/** @param historiesFromMs when the first history may have been read: the first reading must not be much later */
export function watchWorkers(ctx: Ctx, namespace: string, budget: Budget, historiesFromMs: number): WorkerWatch {
  const queues = new Map<string, QueueWatch>();
  const sets = new Map<string, VersionSets>();
  let lastMs = -Infinity;
  let isLate = false;
  let reading: Promise<void> | null = null;

  async function readQueue(taskQueue: string): Promise<void> {
    const watch = queues.get(taskQueue) ?? newWatch();
    queues.set(taskQueue, watch);
    const atMs = ctx.now();
    const found = await budget.within(() => readWorkers(ctx, namespace, taskQueue, budget.signal));
    if (found === null) {
      watch.hasGap = true;
      return;
    }
    const before = watch.readAtMs.at(-1);
    if (before !== undefined && atMs - before > GAP_MAX_MS) watch.hasGap = true;
    watch.readAtMs.push(atMs);
    sets.set(taskQueue, found.sets);
    for (const worker of found.workers) mergeWorker(watch.workers, worker);
  }

  function readAll(): Promise<void> {
    lastMs = ctx.now();
    return readEach(queues.keys());
  }

  async function readEach(taskQueues: Iterable<string>): Promise<void> {
    const names = Iterator.from(taskQueues);
    const reader = async () => {
      for (const name of names) await readQueue(name);
    };
    await Promise.all(Array.from({ length: QUEUES_AT_ONCE }, reader));
  }

  return {
    read: async (taskQueues) => {
      for (const name of taskQueues) {
        if (!queues.has(name)) queues.set(name, newWatch());
      }
      await reading;
      if (lastMs === -Infinity) isLate = ctx.now() - historiesFromMs > GAP_MAX_MS;
      await readAll();
    },
    add: (taskQueues) => readEach([...new Set(taskQueues)].filter((name) => !queues.has(name))),
    keep: () => {
      if (queues.size === 0 || ctx.now() - lastMs < DUE_MS) return undefined;
      reading ??= readAll().finally(() => {
        reading = null;
      });
      return reading;
    },
    workersOf: (taskQueues) =>
      [...new Set(taskQueues)].flatMap((name) => [...(queues.get(name)?.workers.values() ?? [])]),
    setsByQueue: () => sets,
    sinceMs: (taskQueues) => {
      const firsts = [...taskQueues].map((name) => queues.get(name)?.readAtMs[0] ?? null);
      const read = firsts.filter((first) => first !== null);
      return read.length < firsts.length || read.length === 0 ? null : Math.max(...read);
    },
    isWatched: (taskQueues) =>
      !isLate &&
      [...taskQueues].every((name) => {
        const watch = queues.get(name);
        return watch !== undefined && !watch.hasGap && watch.readAtMs.length >= 2;
      }),
  };
}

async function readWorkers(
  ctx: Ctx,
  namespace: string,
  taskQueue: string,
  signal: AbortSignal,
): Promise<{ readonly workers: readonly WorkerSeen[]; readonly sets: VersionSets }> {
  const input = { namespace, taskQueue };
  const [pollers, routing, sets] = await Promise.all([
    ctx.temporal.listPollers(input, { signal }),
    ctx.temporal.getQueueRouting(input, { signal }),
    readSets(ctx, input, signal),
  ]);
  const routed = [routing.current, routing.ramping].flatMap((version) =>
    version === null ? [] : [routedWorker(taskQueue, { deploymentVersion: version })],
  );
  const defaultBuild = queueDefault(sets);
  if (defaultBuild !== null) routed.push(routedWorker(taskQueue, { buildId: defaultBuild, useVersioning: true }));
  return { workers: [...polling(pollers, taskQueue), ...routed], sets };
}

/** Where version sets are off, a queue has none. */
async function readSets(
  ctx: Ctx,
  input: { readonly namespace: string; readonly taskQueue: string },
  signal: AbortSignal,
): Promise<VersionSets> {
  try {
    return await ctx.temporal.getVersionSets(input, { signal });
  } catch (error) {
    if (hasCode(error, 'family-off')) return { sets: [] };
    throw error;
  }
}

function routedWorker(taskQueue: string, over: Partial<WorkerSeen>): WorkerSeen {
  return {
    taskQueue,
    buildId: null,
    useVersioning: false,
    deploymentVersion: null,
    isRouted: true,
    pollers: [],
    lastPollMs: null,
    ...over,
  };
}

/** Workers that take workflow tasks: an activity worker runs no workflow code. */
function polling(pollers: readonly Poller[], taskQueue: string): readonly WorkerSeen[] {
  return pollers
    .filter((poller) => poller.taskKind === 'workflow')
    .map(({ identity, lastPollMs, buildId, useVersioning, deploymentVersion }) => ({
      taskQueue,
      buildId,
      useVersioning,
      deploymentVersion,
      isRouted: false,
      pollers: [identity],
      lastPollMs,
    }));
}

/** One entry for each code; the workers that poll with it stand in it by name. */
function mergeWorker(workers: Map<string, WorkerSeen>, worker: WorkerSeen): void {
  const { buildId, useVersioning, deploymentVersion, isRouted } = worker;
  const key = JSON.stringify([buildId, useVersioning, deploymentVersion, isRouted]);
  const known = workers.get(key);
  if (known === undefined) {
    workers.set(key, worker);
    return;
  }
  workers.set(key, {
    ...known,
    pollers: [...new Set([...known.pollers, ...worker.pollers])],
    lastPollMs: known.lastPollMs === null ? worker.lastPollMs : Math.max(known.lastPollMs, worker.lastPollMs ?? 0),
  });
}
