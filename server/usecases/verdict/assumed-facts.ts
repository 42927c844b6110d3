import type { DeclaredFact, IdentityName, ManifestPatch } from '#lib/domain/verdict/declared-facts.ts';
import { identityKey, identityOfTask, identityOfWorker } from '#lib/domain/verdict/identity.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { Evidence } from '#lib/domain/verdict/types.ts';

/**
 * `--assume-carrier B`: wherever build B (or the deployment version `deployment:build`) polls or worked, it is taken to run what
 * the step presumes. Printed with the answer like a declared fact, and void when contradicted like one.
 */
export function assumedFacts(evidence: Evidence, builds: readonly string[]): readonly DeclaredFact[] {
  if (builds.length === 0) return [];
  const patches = [presumed(evidence.question, evidence.patchId)];
  return identitiesIn(evidence)
    .filter((identity) => builds.includes(identity.deploymentVersion ?? identity.buildId))
    .map((identity) => ({
      id: `assumed:${identityKey(identity)}`,
      declaredBy: '--assume-carrier',
      declaredAtMs: 0,
      claim: { kind: 'manifest', identity, patches },
    }));
}

function identitiesIn({ types }: Evidence): readonly IdentityName[] {
  const found = new Map<string, IdentityName>();
  const add = (identity: IdentityName | null) => {
    if (identity !== null) found.set(identityKey(identity), identity);
  };
  for (const { runs, witnesses, workers } of types) {
    for (const { facts } of [...runs, ...witnesses]) for (const task of facts?.tasks ?? []) add(identityOfTask(task));
    for (const worker of workers) add(identityOfWorker(worker));
  }
  return [...found.values()];
}

function presumed(question: PatchQuestion, id: string): ManifestPatch {
  switch (question.name) {
    case 'deprecate':
      return { kind: 'core', id, workflowType: null, call: 'patched' };
    case 'remove':
      return { kind: 'core', id, workflowType: null, call: 'deprecate-patch' };
    case 'raise-min':
    case 'drop-call':
      return { kind: 'version', id, workflowType: null, version: question.version };
  }
}
