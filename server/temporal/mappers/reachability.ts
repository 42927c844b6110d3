import proto, { type temporal } from '@temporalio/proto';
import type { Reachability } from '#server/temporal/port.ts';

const { TaskReachability } = proto.temporal.api.enums.v1;

const NAMES: ReadonlyMap<number, Reachability> = new Map([
  [TaskReachability.TASK_REACHABILITY_NEW_WORKFLOWS, 'new-workflows'],
  [TaskReachability.TASK_REACHABILITY_OPEN_WORKFLOWS, 'open-workflows'],
  [TaskReachability.TASK_REACHABILITY_CLOSED_WORKFLOWS, 'closed-workflows'],
  [TaskReachability.TASK_REACHABILITY_EXISTING_WORKFLOWS, 'existing-workflows'],
]);

type Answer = temporal.api.workflowservice.v1.GetWorkerTaskReachabilityResponse.$Properties;

/** By build ID, for the one queue that was asked about. An empty list is unreachable; `unspecified` is not known. */
export function toReachability(
  { buildIdReachability }: Answer,
  taskQueue: string,
): ReadonlyMap<string, readonly Reachability[]> {
  return new Map(
    (buildIdReachability ?? []).map(({ buildId, taskQueueReachability }) => {
      const found = taskQueueReachability?.find((entry) => entry.taskQueue === taskQueue);
      const values = found?.reachability?.map((value) => NAMES.get(value) ?? 'unspecified');
      return [buildId ?? '', values ?? []];
    }),
  );
}
