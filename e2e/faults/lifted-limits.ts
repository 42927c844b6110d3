import { LIFTED, READS_LIFTED, WRITES_LIFTED } from '#e2e/harness/lifted-limits.ts';
import type { DynamicConfig } from '#e2e/harness/temporal-config.ts';

/** Temporal's memory of a queue's sets is made anew from its store this often, the first time 5 s after the queue was loaded. */
const REFRESH = '3s';

/** Thousands of queues with the same build IDs are changed within minutes: the faults are others than Temporal's limits. */
export const LIFTED_LIMITS: DynamicConfig = {
  ...READS_LIFTED,
  ...WRITES_LIFTED,
  'limit.taskQueuesPerBuildId': LIFTED,
  'matching.getUserDataRefresh': REFRESH,
  // Thousands of queues would each keep eight partitions in memory.
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  'matching.maxTaskQueueIdleTime': '20s',
};
