import type { TaskFact } from '#lib/domain/census/types.ts';
import type { IdentityName } from '#lib/domain/verdict/declared-facts.ts';
import type { WorkerSeen } from '#lib/domain/verdict/types.ts';

/** Who completed a task or polls: its deployment version if it has one, else queue and build ID together; null: it names no build. */
export function identityOfTask({ worker, taskQueue }: TaskFact): IdentityName | null {
  return identityOf(worker.deploymentVersion, taskQueue, worker.buildId);
}

export function identityOfWorker({ deploymentVersion, taskQueue, buildId }: WorkerSeen): IdentityName | null {
  return identityOf(deploymentVersion, taskQueue, buildId);
}

function identityOf(deploymentVersion: string | null, taskQueue: string, buildId: string | null): IdentityName | null {
  if (deploymentVersion !== null && deploymentVersion !== '') {
    return { deploymentVersion, taskQueue: null, buildId: null };
  }
  return buildId === null || buildId === '' ? null : { deploymentVersion: null, taskQueue, buildId };
}

/** Text that is equal for equal identities, and for no others. Asked for every task of every run, so it is only put together. */
export function identityKey({ deploymentVersion, taskQueue, buildId }: IdentityName): string {
  return deploymentVersion === null ? `${taskQueue.length}:${taskQueue}${buildId}` : `deployment:${deploymentVersion}`;
}

/** The build of an identity alone, for display and for defaults that hash the code. */
export function buildIdOf(identity: IdentityName | null): string | null {
  if (identity === null) return null;
  if (identity.deploymentVersion === null) return identity.buildId;
  // A deployment's name holds no colon, a build ID may.
  return identity.deploymentVersion.slice(identity.deploymentVersion.indexOf(':') + 1);
}

/** TypeScript's default: SHA-256 of the workflow bundle (`@temporalio/worker`, worker.ts). Without the hash it names no code. */
const TYPESCRIPT_BUNDLE_HASH = /^@temporalio\/worker@[^+]+\+[0-9a-f]{64}$/;

/**
 * Does the build ID itself name one workflow code, whoever chose it? Only TypeScript's default does. Go's checksum of the executable
 * would, but PHP's workers run in one Go program, RoadRunner, and write `temporal-go` and its checksum into histories
 * (sdk-go `internal_task_handlers.go`, roadrunner-temporal `internal.go`): from a history the two cannot be told apart.
 */
export function hashesCode(identity: IdentityName): boolean {
  return TYPESCRIPT_BUNDLE_HASH.test(buildIdOf(identity) ?? '');
}
