import proto, { type temporal } from '@temporalio/proto';
import type { Poller, TaskKind } from '#lib/domain/task-queues/types.ts';
import { textOrNull, timestampMs } from '#server/temporal/mappers/scalars.ts';

const { WORKER_VERSIONING_MODE_VERSIONED } = proto.temporal.api.enums.v1.WorkerVersioningMode;

type PollerInfo = temporal.api.taskqueue.v1.PollerInfo.$Properties;

/** Deployment options come from newer SDKs always; they route only where the worker says that it is versioned by them. */
export function toPoller(info: PollerInfo, taskKind: TaskKind): Poller {
  const { workerVersionCapabilities: capabilities, deploymentOptions: deployment } = info;
  const isDeployed = deployment?.workerVersioningMode === WORKER_VERSIONING_MODE_VERSIONED;
  return {
    identity: info.identity ?? '',
    taskKind,
    lastPollMs: timestampMs(info.lastAccessTime) ?? 0,
    buildId: textOrNull(capabilities?.buildId) ?? textOrNull(deployment?.buildId),
    useVersioning: capabilities?.useVersioning ?? false,
    deploymentVersion: isDeployed ? `${deployment.deploymentName}:${deployment.buildId}` : null,
  };
}

/**
 * One entry for each worker and kind of task. Partitions each list whoever polled them; the newest poll is kept, and with it what
 * the worker said last. One identity that polls with several build IDs stays several: these are several workers.
 */
export function mergePollers(pollers: readonly Poller[]): Poller[] {
  const merged = new Map<string, Poller>();
  for (const poller of pollers) {
    const { identity, taskKind, buildId, useVersioning, deploymentVersion } = poller;
    const key = JSON.stringify([identity, taskKind, buildId, useVersioning, deploymentVersion]);
    const known = merged.get(key);
    if (!known || known.lastPollMs < poller.lastPollMs) merged.set(key, poller);
  }
  return [...merged.values()];
}
