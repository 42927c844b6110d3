import type { DynamicConfig } from '#e2e/harness/temporal-config.ts';

const LIFTED = 1_000_000;

/** Temporal's memory of a queue's sets is made anew from its store this often, the first time 5 s after the queue was loaded. */
const REFRESH = '3s';

/** Thousands of queues with the same build IDs are changed within minutes: the faults are others than Temporal's limits. */
export const LIFTED_LIMITS: DynamicConfig = {
  'frontend.rps': LIFTED,
  'frontend.namespaceRPS': LIFTED,
  'frontend.namespaceRPS.visibility': LIFTED,
  'system.visibilityPersistenceMaxReadQPS': LIFTED,
  'frontend.rps.namespaceReplicationInducingAPIs': LIFTED,
  'frontend.namespaceRPS.namespaceReplicationInducingAPIs': LIFTED,
  'frontend.globalNamespaceRPS.namespaceReplicationInducingAPIs': LIFTED,
  'limit.taskQueuesPerBuildId': LIFTED,
  'matching.getUserDataRefresh': REFRESH,
  // Thousands of queues would each keep eight partitions in memory.
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  'matching.maxTaskQueueIdleTime': '20s',
};
