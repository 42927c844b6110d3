import proto, { type temporal } from '@temporalio/proto';
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

type Version = temporal.api.deployment.v1.WorkerDeploymentVersion.$Properties;
type Override = temporal.api.workflow.v1.VersioningOverride.$Properties;

const { VERSIONING_BEHAVIOR_PINNED } = proto.temporal.api.enums.v1.VersioningBehavior;

/** `deployment:build`; null when the message is absent or empty. */
export function versionText(version: Version | null | undefined): string | null {
  return version?.deploymentName ? `${version.deploymentName}:${version.buildId ?? ''}` : null;
}

/** What an override says, in the fields of today or of before: a pinned version, `auto-upgrade`, or null for none. */
export function overrideOf(override: Override | null | undefined): string | null {
  if (!override) return null;
  const pinned = versionText(override.pinned?.version);
  if (pinned !== null) return pinned;
  if (override.behavior === VERSIONING_BEHAVIOR_PINNED && override.pinnedVersion) {
    return override.pinnedVersion.replace('.', ':');
  }
  return 'auto-upgrade';
}
