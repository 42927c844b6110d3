import proto from '@temporalio/proto';
import type { Poller, TaskKind } from '#lib/domain/task-queues/types.ts';
import type { Caller } from '#server/temporal/call.ts';
import { mergePollers, toPoller } from '#server/temporal/mappers/poller.ts';
import { toReachability } from '#server/temporal/mappers/reachability.ts';
import { toVersioningRules } from '#server/temporal/mappers/versioning-rules.ts';
import { fromOperation, toVersionSets } from '#server/temporal/mappers/version-sets.ts';
import { versionText } from '#server/temporal/mappers/worker-stamp.ts';
import { METHODS } from '#server/temporal/methods.ts';
import type { CallOptions, TemporalPort } from '#server/temporal/port.ts';

const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;
const TYPES = { workflow: TASK_QUEUE_TYPE_WORKFLOW, activity: TASK_QUEUE_TYPE_ACTIVITY } as const;

export function taskQueueCalls({
  call,
}: Caller): Pick<
  TemporalPort,
  'getVersionSets' | 'updateVersionSets' | 'getVersioningRules' | 'listPollers' | 'getQueueRouting' | 'getReachability'
> {
  /**
   * DescribeTaskQueue tells of one partition (`task_queue_partition_manager.go`, legacy mode, the only one that knows version
   * sets), so each is asked by its own name: the queue's for the root, `/_sys/<queue>/<n>` for the others.
   */
  async function pollersOf(namespace: string, name: string, kind: TaskKind, options?: CallOptions): Promise<Poller[]> {
    const request = { namespace, taskQueue: { name }, taskQueueType: TYPES[kind] };
    const { pollers } = await call(METHODS.describeTaskQueue, request, options);
    return pollers.map((poller) => toPoller(poller, kind));
  }

  return {
    getVersionSets: async ({ namespace, taskQueue }, options) =>
      toVersionSets(await call(METHODS.getVersionSets, { namespace, taskQueue }, options)),
    updateVersionSets: async ({ namespace, taskQueue, operation }, options) => {
      await call(METHODS.updateVersionSets, { namespace, taskQueue, ...fromOperation(operation) }, options);
    },
    getVersioningRules: async ({ namespace, taskQueue }, options) =>
      toVersioningRules(await call(METHODS.getRules, { namespace, taskQueue }, options)),
    listPollers: async ({ namespace, taskQueue }, options) => {
      const partitions = await call(METHODS.listPartitions, { namespace, taskQueue: { name: taskQueue } }, options);
      const { workflowTaskQueuePartitions: workflow, activityTaskQueuePartitions: activity } = partitions;
      const found = await Promise.all([
        ...workflow.map(({ key }) => pollersOf(namespace, key ?? taskQueue, 'workflow', options)),
        ...activity.map(({ key }) => pollersOf(namespace, key ?? taskQueue, 'activity', options)),
      ]);
      return mergePollers(found.flat());
    },
    getQueueRouting: async ({ namespace, taskQueue }, options) => {
      const request = { namespace, taskQueue: { name: taskQueue }, taskQueueType: TYPES.workflow };
      const { versioningInfo } = await call(METHODS.describeTaskQueue, request, options);
      return {
        current: versionText(versioningInfo?.currentDeploymentVersion),
        ramping: versionText(versioningInfo?.rampingDeploymentVersion),
      };
    },
    getReachability: async ({ namespace, taskQueue, buildIds }, options) => {
      const request = { namespace, taskQueues: [taskQueue], buildIds: [...buildIds] };
      return toReachability(await call(METHODS.getReachability, request, options), taskQueue);
    },
  };
}
