import type { DynamicConfig } from './temporal-config.ts';

/** A rate that never holds anything up. */
export const LIFTED = 1_000_000;

/** What a server allows a namespace to read: at the frontend, and (default 3,000 a second, for every namespace) at history hosts. */
export const READS_LIFTED: DynamicConfig = {
  'frontend.namespaceRPS': LIFTED,
  'frontend.rps': LIFTED,
  'frontend.namespaceRPS.visibility': LIFTED,
  'history.rps': LIFTED,
  'system.visibilityPersistenceMaxReadQPS': LIFTED,
  'system.visibilityPersistenceMaxWriteQPS': LIFTED,
};

/** Changes of version sets: one a second and namespace unless told otherwise. */
export const WRITES_LIFTED: DynamicConfig = {
  'frontend.rps.namespaceReplicationInducingAPIs': LIFTED,
  'frontend.namespaceRPS.namespaceReplicationInducingAPIs': LIFTED,
  'frontend.globalNamespaceRPS.namespaceReplicationInducingAPIs': LIFTED,
};
