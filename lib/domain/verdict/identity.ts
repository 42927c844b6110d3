import type { TaskFact } from '#lib/domain/census/types.ts';
import type { WorkerStamp } from '#lib/domain/history/events.ts';
import type { IdentityName } from '#lib/domain/verdict/declared-facts.ts';
import type { WorkerSeen } from '#lib/domain/verdict/types.ts';

/** Who completed a task or polls: its deployment version if it has one, else queue and build ID together; null: it names no build. */
export function identityOfTask({ worker, taskQueue }: TaskFact): IdentityName | null {
  const known = identities.get(worker) ?? new Map<string, IdentityName | null>();
  const own = known.get(taskQueue);
  if (own !== undefined) return own;
  const identity = identityOf(worker.deploymentVersion, taskQueue, worker.buildId);
  identities.set(worker, known.set(taskQueue, identity));
  return identity;
}

/** By stamp and task queue: ten thousand runs have a few of both in common, and each is asked for several times. */
const identities = new WeakMap<WorkerStamp, Map<string, IdentityName | null>>();

export function identityOfWorker({ deploymentVersion, taskQueue, buildId }: WorkerSeen): IdentityName | null {
  return identityOf(deploymentVersion, taskQueue, buildId);
}

function identityOf(deploymentVersion: string | null, taskQueue: string, buildId: string | null): IdentityName | null {
  if (deploymentVersion !== null && deploymentVersion !== '') {
    return { deploymentVersion, taskQueue: null, buildId: null };
  }
  return buildId === null || buildId === '' ? null : { deploymentVersion: null, taskQueue, buildId };
}

/** Text that is equal for equal identities, and for no others. */
export function identityKey(identity: IdentityName): string {
  const known = keys.get(identity);
  if (known !== undefined) return known;
  const { deploymentVersion, taskQueue, buildId } = identity;
  const key =
    deploymentVersion === null ? `${taskQueue.length}:${taskQueue}${buildId}` : `deployment:${deploymentVersion}`;
  keys.set(identity, key);
  return key;
}

/** Who names no build is nobody's same. */
export function isSameIdentity(left: IdentityName | null, right: IdentityName | null): boolean {
  return left !== null && right !== null && identityKey(left) === identityKey(right);
}

/** Asked for every task of every run. */
const keys = new WeakMap<IdentityName, string>();

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
