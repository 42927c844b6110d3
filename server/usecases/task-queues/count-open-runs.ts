import {
  type BuildTally,
  tallyOpenRuns,
  UNVERSIONED_LABEL,
  versionedLabel,
} from '#lib/domain/task-queues/tally-open-runs.ts';
import { oncePerSnapshot } from '#lib/domain/census/once-per-snapshot.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import type { VersionSet, VersionSets } from '#lib/domain/version-sets/types.ts';
import { isCodedError } from '#server/errors.ts';
import { allOf, onTaskQueue, OPEN_RUNS, withAnyBuildId } from '#server/temporal/query.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** Counts of null are not known, which is never 0. `perSet` in the order of the sets. */
export interface OpenRuns {
  readonly perSet: readonly (number | null)[];
  /** Null: only sets were counted. A build without a run is absent. */
  readonly perBuild: ReadonlyMap<string, BuildTally> | null;
  readonly unversioned: number | null;
}

/**
 * How long counting by calls may hold up an answer. At the default of 3 visibility calls a second, 4 s count the eleven groups of a
 * queue with ten sets; what is not counted by then stays unknown until the picture stands.
 */
const COUNT_WITHIN_MS = 4_000;

/**
 * Open runs of a queue: from the shared picture when it lists every open run, which costs no call; else one count for each set
 * and one for the unversioned runs. Builds are not counted by calls: a queue may hold a hundred.
 */
export async function countOpenRuns(
  ctx: Ctx,
  namespace: string,
  taskQueue: string,
  sets: VersionSets,
): Promise<OpenRuns> {
  const picture = ctx.census.snapshot(namespace);
  if (isWhole(picture)) {
    const runs = runsByQueue(picture).get(taskQueue) ?? [];
    return tallyOpenRuns(
      runs.values().map((run) => run.summary),
      taskQueue,
      sets,
    );
  }
  const within = AbortSignal.any([ctx.signal, AbortSignal.timeout(COUNT_WITHIN_MS)]);
  const count = (labels: readonly string[]) => countOrNull(ctx, namespace, taskQueue, labels, within);
  const [unversioned, ...perSet] = await Promise.all([
    count([UNVERSIONED_LABEL]),
    ...sets.sets.map((set) => countSet(set, count)),
  ]);
  return { perSet, perBuild: null, unversioned };
}

const runsByQueue = oncePerSnapshot((picture) => Map.groupBy(picture.runs, (run) => run.summary.taskQueue));

function isWhole(picture: CensusSnapshot): boolean {
  return picture.isListComplete && picture.toMs !== null;
}

async function countSet(
  { buildIds }: VersionSet,
  count: (labels: readonly string[]) => Promise<number | null>,
): Promise<number | null> {
  return buildIds.length === 0 ? 0 : count(buildIds.map(versionedLabel));
}

/** A count that cannot be had, or not be asked for, does not fail the page: it is unknown. Only the caller's own abort ends everything. */
async function countOrNull(
  ctx: Ctx,
  namespace: string,
  taskQueue: string,
  labels: readonly string[],
  signal: AbortSignal,
): Promise<number | null> {
  try {
    const query = allOf(onTaskQueue(taskQueue), OPEN_RUNS, withAnyBuildId(labels));
    await ctx.census.takeVisibility(namespace, signal);
    return await ctx.temporal.countRuns({ namespace, query }, { signal, maxAttempts: 1 });
  } catch (error) {
    if (ctx.signal.aborted || !isCodedError(error)) throw error;
    ctx.log.debug({ code: error.code, namespace }, 'open runs not counted');
    return null;
  }
}
