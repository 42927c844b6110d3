import type { StoredVerdict, TypeVerdict, Verdict } from '#lib/api/verdict/schemas.ts';
import { oncePerSnapshot } from '#lib/domain/census/once-per-snapshot.ts';
import type { CensusRun, CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import type { DeclaredFact, FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import { identityKey, identityOfWorker } from '#lib/domain/verdict/identity.ts';
import { isOf } from '#lib/domain/verdict/identity-book.ts';

export type Withdrawal = NonNullable<StoredVerdict['withdrawn']>;

/** A fact that the answer assumed does not stand any more, or one about its patch was declared after its facts were read. */
export function changedDeclaration(
  verdict: Verdict,
  patch: PatchRef,
  standing: readonly DeclaredFact[],
): Withdrawal | null {
  const ids = new Set(standing.map(({ id }) => id));
  const gone = verdict.assumptions.find(({ id }) => !ids.has(id));
  if (gone !== undefined) return { code: 'declaration-changed', seen: gone.id };
  const fromMs = timeOf(verdict.evidence.from);
  const types = new Set(verdict.byType.map(({ workflowType }) => workflowType));
  const added = standing.find(({ claim, declaredAtMs }) => declaredAtMs > fromMs && isAbout(claim, patch, types));
  return added === undefined ? null : { code: 'declaration-changed', seen: added.id };
}

function isAbout(claim: FactClaim, patch: PatchRef, types: ReadonlySet<string>): boolean {
  switch (claim.kind) {
    case 'floor':
    case 'types':
    case 'replay-proof':
      return isOf(claim.patch, patch);
    case 'calls-together':
      return claim.patch === null || isOf(claim.patch, patch);
    case 'manifest':
      return claim.patches.some((entry) => isOf(entry, patch));
    case 'queues':
      return types.has(claim.workflowType);
    case 'ids-name-one-code':
    case 'callback':
    case 'identity-confirmed':
      return true;
  }
}

/** Runs with a workflow task older than their own start: a reset copies the history up to its point and starts anew. */
const resetRuns = oncePerSnapshot(({ runs }) => runs.filter(isReset));

function isReset({ summary, facts }: CensusRun): boolean {
  const first = facts?.tasks[0];
  return first !== undefined && first.timeMs < summary.startTimeMs;
}

/** An open run of the answer's types began by a reset after the evidence: it may stand where no run stood. */
export function resetSince(verdict: Verdict, snapshot: CensusSnapshot): Withdrawal | null {
  const toMs = timeOf(verdict.evidence.to);
  const types = new Set(verdict.byType.map(({ workflowType }) => workflowType));
  const run = resetRuns(snapshot).find(({ summary }) => summary.startTimeMs > toMs && types.has(summary.workflowType));
  return run === undefined ? null : { code: 'run-reset', seen: run.summary.workflowId };
}

/** Task queues of the open runs of each type. */
const queuesByType = oncePerSnapshot(({ runs }): ReadonlyMap<string, ReadonlySet<string>> => {
  const queues = new Map<string, Set<string>>();
  for (const { summary } of runs) {
    const known = queues.get(summary.workflowType) ?? new Set();
    queues.set(summary.workflowType, known.add(summary.taskQueue));
  }
  return queues;
});

/** Queues whose workers may work on the type's runs, as far as the answer and the picture name them. */
export function queuesOf(
  { workflowType, taskQueues }: TypeVerdict,
  { assumptions }: Verdict,
  snapshot: CensusSnapshot,
): ReadonlySet<string> {
  const declared = assumptions.flatMap(({ claim }) =>
    claim.kind === 'queues' && claim.workflowType === workflowType ? claim.taskQueues : [],
  );
  return new Set([...taskQueues, ...declared, ...(queuesByType(snapshot).get(workflowType) ?? [])]);
}

/** A worker that polls the queue and did not poll for the type when the answer was given. */
export function newWorker(
  { identities }: TypeVerdict,
  { assumptions }: Verdict,
  taskQueue: string,
  pollers: readonly Poller[],
): Withdrawal | null {
  const known = new Set(
    identities.flatMap(({ identity, isPolling }) => (isPolling && identity !== null ? identityKey(identity) : [])),
  );
  // A worker without a build ID is only ever cleared by a floor of its queue.
  const isUnnamedKnown =
    identities.some(({ identity, isPolling }) => isPolling && identity === null) &&
    assumptions.some(({ claim }) => claim.kind === 'floor' && claim.taskQueue === taskQueue);
  const appeared = pollers.find((poller) => {
    const identity = identityOfWorker({ ...poller, taskQueue, isRouted: false, pollers: [poller.identity] });
    return identity === null ? !isUnnamedKnown : !known.has(identityKey(identity));
  });
  if (appeared === undefined) return null;
  return { code: 'worker-appeared', seen: appeared.deploymentVersion ?? appeared.buildId ?? appeared.identity };
}

/** An asked answer always has its interval; without one everything is later. */
function timeOf(timestamp: string | null): number {
  return timestamp === null ? -Infinity : Date.parse(timestamp);
}
