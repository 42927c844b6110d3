import type { temporal } from '@temporalio/proto';
import type { WorkerStamp } from '#lib/domain/history/events.ts';
import { textOrNull } from '#server/temporal/mappers/scalars.ts';

type Stamp = temporal.api.common.v1.WorkerVersionStamp.$Properties;
type Completed = temporal.api.history.v1.WorkflowTaskCompletedEventAttributes.$Properties;

const NO_STAMP: WorkerStamp = { buildId: null, useVersioning: false, deploymentVersion: null };

/** A worker of a deployment may send no stamp: its build is the one of its deployment version. */
export function stampOf(stamp: Stamp | null | undefined, deploymentVersion: string | null): WorkerStamp {
  if (!stamp && deploymentVersion === null) return NO_STAMP;
  return {
    buildId: textOrNull(stamp?.buildId) ?? deploymentVersion?.slice(deploymentVersion.indexOf(':') + 1) ?? null,
    useVersioning: stamp?.useVersioning ?? false,
    deploymentVersion,
  };
}

/** `deployment:build`, from the field of today or from the one before it, which wrote `deployment.build`. */
export function deploymentOf({ deploymentVersion, workerDeploymentVersion }: Completed): string | null {
  if (deploymentVersion?.deploymentName)
    return `${deploymentVersion.deploymentName}:${deploymentVersion.buildId ?? ''}`;
  // A deployment's name holds no dot; `__unversioned__` is neither.
  return workerDeploymentVersion?.includes('.') ? workerDeploymentVersion.replace('.', ':') : null;
}
