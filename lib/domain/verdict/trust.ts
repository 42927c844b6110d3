import type { TaskFact } from '#lib/domain/census/types.ts';

/** What is declared about a namespace's identities. Floors, manifests and contradictions come to stand beside it. */
export interface Trust {
  /** True: whoever runs the namespace declared that every build ID in it names one code. */
  readonly areBuildIdsDeclared: boolean;
}

/** TypeScript's default: SHA-256 of the workflow bundle (`@temporalio/worker`, worker.ts). Without the hash it names no code. */
const TYPESCRIPT_BUNDLE_HASH = /^@temporalio\/worker@[^+]+\+[0-9a-f]{64}$/;

/** Go's default: MD5 of the executable, SHA-256 in FIPS mode (sdk-go, `initBinaryChecksum`). */
const GO_BINARY_CHECKSUM = /^(?:[0-9a-f]{32}|[0-9a-f]{64})$/;

/**
 * Does the identity that worked on this task name one code? Only a trusted identity can ever be a holder or a deprecator.
 * Not trusted without declaration: ids chosen by hand, defaults of the other SDKs (they miss changes inside methods), no id.
 */
export function isTrusted(task: TaskFact, trust: Trust): boolean {
  if (trust.areBuildIdsDeclared) return true;
  const buildId = buildIdOf(task);
  if (buildId === null) return false;
  if (TYPESCRIPT_BUNDLE_HASH.test(buildId)) return true;
  return task.sdkName === 'temporal-go' && GO_BINARY_CHECKSUM.test(buildId);
}

/** The build of an identity; a deployment version (`deployment:build`) goes before the stamp's build ID. */
export function buildIdOf(task: TaskFact): string | null {
  const version = task.worker.deploymentVersion;
  if (version === null) return task.worker.buildId;
  // A deployment's name holds no colon, a build ID may.
  return version.slice(version.indexOf(':') + 1);
}
