import type {
  ClaimOf,
  CoreCall,
  DeclaredFact,
  FactClaim,
  IdentityName,
  ManifestPatch,
} from '#lib/domain/verdict/declared-facts.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import { PATCH } from '#lib/domain/verdict/testing/runs.ts';

/** Short ways to declare something in tests. A fact's id says its claim, so that equal claims are equal facts. */
export function fact<C extends FactClaim>(claim: C, declaredAtMs = 500): DeclaredFact & { readonly claim: C } {
  return { id: `${declaredAtMs} ${JSON.stringify(claim)}`, declaredBy: 'somebody', declaredAtMs, claim };
}

export function build(buildId: string, taskQueue = 'queue'): IdentityName {
  return { deploymentVersion: null, taskQueue, buildId };
}

export function deployment(deploymentVersion: string): IdentityName {
  return { deploymentVersion, taskQueue: null, buildId: null };
}

export const corePatch = { kind: 'core', id: PATCH } as const;
export const versionPatch = { kind: 'version', id: PATCH } as const;

/** IDs name one code, everywhere or on one queue. */
export function oneCode(taskQueue: string | null = null) {
  return fact({ kind: 'ids-name-one-code', taskQueue });
}

export function manifest(identity: IdentityName, patches: readonly ManifestPatch[], declaredAtMs?: number) {
  return fact({ kind: 'manifest', identity, patches }, declaredAtMs);
}

export function callOf(call: CoreCall, workflowType: string | null = null, id = PATCH): ManifestPatch {
  return { kind: 'core', id, workflowType, call };
}

export function versionOf(version: number | null, workflowType: string | null = null): ManifestPatch {
  return { kind: 'version', id: PATCH, workflowType, version };
}

export function floor(call: 'patched' | 'deprecate-patch', changes: Partial<ClaimOf<'floor'>> = {}) {
  return fact<ClaimOf<'floor'>>({
    kind: 'floor',
    taskQueue: 'queue',
    patch: corePatch,
    workflowType: null,
    call,
    version: null,
    sinceMs: 0,
    ...changes,
  });
}

export function versionFloor(version: number, changes: Partial<ClaimOf<'floor'>> = {}) {
  return floor('patched', { patch: versionPatch, call: null, version, ...changes });
}

export const noCallback = fact({ kind: 'callback', use: 'none' });
export const callbackInUse = fact({ kind: 'callback', use: 'in-use' });

export function allOn(sinceMs: number) {
  return fact({ kind: 'callback', use: 'all-on', sinceMs });
}

export const callsTogether = fact({ kind: 'calls-together', patch: null });

export function confirmed(identity: IdentityName) {
  return fact({ kind: 'identity-confirmed', identity });
}

/** `run` made the run's ids from `runId`. */
export function proof(runId: string, eventId: number, question: PatchQuestion, id = PATCH) {
  const kind = 'version' in question ? 'version' : 'core';
  const patch = { kind, id } as const;
  return fact({ kind: 'replay-proof', patch, question, workflowId: `workflow-${runId}`, runId, eventId });
}

export function typesUsing(workflowTypes: readonly string[], id = PATCH) {
  return fact({ kind: 'types', patch: { kind: 'core', id }, workflowTypes });
}
