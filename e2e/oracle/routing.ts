import type { Fence, Run, Worker, World } from './world.ts';

/** What of a run routing looks at. */
interface RoutedRun extends Pick<Run, 'taskQueue' | 'override' | 'inheritedPin'> {
  readonly tasks: readonly { readonly worker: Worker }[];
}

/** The set of a build ID on the queue; -1: unversioned. */
function setOf({ sets }: Fence, worker: Worker): number {
  if (!worker.stamp.useVersioning) return -1;
  return sets.findIndex((ids) => ids.includes(worker.stamp.buildId ?? ''));
}

function isSetDefault({ sets }: Fence, worker: Worker): boolean {
  const set = sets.find((ids) => ids.includes(worker.stamp.buildId ?? ''));
  return set?.at(-1) === worker.stamp.buildId;
}

/** What keeps a run to some workers: its version set, or the deployment version that it is pinned to; null: nothing yet. */
function laneOf(fence: Fence, run: RoutedRun): string | null {
  if (fence.kind === 'deployments') {
    if (run.override !== null) return run.override === 'auto-upgrade' ? null : run.override;
    const last = run.tasks.at(-1)?.worker;
    return last === undefined ? run.inheritedPin : last.doesPin ? last.stamp.deploymentVersion : null;
  }
  const first = run.tasks.at(-1)?.worker;
  return first === undefined ? null : String(setOf(fence, first));
}

/** Does routing give the run's next task to this worker? */
export function mayTake(fence: Fence | null, worker: Worker, run: RoutedRun): boolean {
  if (worker.taskQueue !== run.taskQueue) return false;
  if (fence === null) return true;
  const lane = laneOf(fence, run);
  if (fence.kind === 'deployments') {
    return worker.stamp.deploymentVersion === (lane ?? fence.current);
  }
  if (lane !== null) return String(setOf(fence, worker)) === lane && (lane === '-1' || isSetDefault(fence, worker));
  const hasSets = fence.sets.length > 0;
  return hasSets
    ? setOf(fence, worker) === fence.sets.length - 1 && isSetDefault(fence, worker)
    : !worker.stamp.useVersioning;
}

/** Can the changed code get this run? */
export function mayReachChange(fence: Fence | null, run: RoutedRun): boolean {
  if (fence === null || !fence.isTargetNamed) return true;
  const lane = laneOf(fence, run);
  const { build, setsByQueue } = fence.target;
  if (fence.kind === 'deployments') return lane === null || lane === build || lane.endsWith(`:${build}`);
  if (lane === null) return true;
  const sets = setsByQueue.get(run.taskQueue)?.sets ?? [];
  const home = sets.findIndex(({ buildIds }) => buildIds.includes(build));
  // A build that the queue does not know yet may be put into any set.
  return home === -1 ? true : String(home) === lane;
}

/** Workers that may take tasks: those that poll, and those of a build that routing names, which may come up. */
export function ableWorkers({ workers, fence }: World): readonly Worker[] {
  const routed = fence === null ? null : (fence.current ?? fence.sets.at(-1)?.at(-1) ?? null);
  return workers.filter(
    ({ stoppedMs, stamp }) =>
      stoppedMs === null || (routed !== null && routed === (stamp.deploymentVersion ?? stamp.buildId)),
  );
}
