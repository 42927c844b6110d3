import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { TaskFact } from '#lib/domain/census/types.ts';
import type { PatchMarker, PatchRef } from '#lib/domain/patches/types.ts';
import {
  type ClaimOf,
  type DeclaredFact,
  factsOfKind,
  type ManifestPatch,
} from '#lib/domain/verdict/declared-facts.ts';
import { identityOfTask, isSameIdentity } from '#lib/domain/verdict/identity.ts';
import { isOf } from '#lib/domain/verdict/identity-book.ts';
import type { Contradiction } from '#lib/domain/verdict/types.ts';

/** A marker and the task that wrote it. */
interface Written {
  readonly workflowType: string;
  readonly marker: PatchMarker;
  readonly task: TaskFact;
}

/** Facts that what was read speaks against. They are not used; the answer names them. */
export function findContradictions(
  facts: readonly DeclaredFact[],
  runs: readonly CensusRun[],
  patch: PatchRef,
): readonly Contradiction[] {
  if (facts.length === 0) return [];
  const written = runs.flatMap(writtenIn);
  return [
    ...factsOfKind(facts, 'manifest').flatMap((fact) => againstManifest(fact, written)),
    ...factsOfKind(facts, 'floor').flatMap((fact) => againstFloor(fact, written, runs)),
    ...factsOfKind(facts, 'types').flatMap((fact) => againstTypes(fact, written, patch)),
  ];
}

function writtenIn({ summary, facts }: CensusRun): readonly Written[] {
  if (facts === null || facts.markers.length === 0) return [];
  return facts.markers.flatMap((marker) => {
    const task = facts.tasks.find(({ completedEventId }) => completedEventId === marker.workflowTaskCompletedEventId);
    return task === undefined ? [] : [{ workflowType: summary.workflowType, marker, task }];
  });
}

type Manifest = DeclaredFact & { readonly claim: ClaimOf<'manifest'> };
type Floor = DeclaredFact & { readonly claim: ClaimOf<'floor'> };
type Types = DeclaredFact & { readonly claim: ClaimOf<'types'> };

function againstManifest(fact: Manifest, written: readonly Written[]): readonly Contradiction[] {
  const { identity, patches } = fact.claim;
  const other = written.find(({ workflowType, marker, task }) => {
    if (!isSameIdentity(identityOfTask(task), identity)) return false;
    const entries = patches.filter((entry) => isOf(entry, marker));
    const entry =
      entries.find((candidate) => candidate.workflowType === workflowType) ??
      entries.find((candidate) => candidate.workflowType === null);
    return entry !== undefined && !isAsManifest(marker, entry);
  });
  return other === undefined ? [] : [{ fact, why: 'manifest-differs', seen: other.marker.id }];
}

function isAsManifest(marker: PatchMarker, entry: ManifestPatch): boolean {
  if (entry.kind === 'version') return marker.version === entry.version;
  return entry.call === (marker.deprecated === true ? 'deprecate-patch' : 'patched');
}

/** A marker of a lesser call after the floor, or a replay that failed there for want of the call. */
function againstFloor(fact: Floor, written: readonly Written[], runs: readonly CensusRun[]): readonly Contradiction[] {
  const { taskQueue, patch, workflowType, call, version, sinceMs } = fact.claim;
  const isOfType = (type: string) => workflowType === null || type === workflowType;
  const below = written.find(
    ({ workflowType: type, marker, task }) =>
      isOf(marker, patch) &&
      isOfType(type) &&
      task.taskQueue === taskQueue &&
      task.timeMs >= sinceMs &&
      (patch.kind === 'core'
        ? call === 'deprecate-patch' && marker.deprecated !== true
        : version !== null && (marker.version ?? -1) < version),
  );
  if (below !== undefined) return [{ fact, why: 'floor-broken', seen: below.task.worker.buildId ?? '' }];
  const lacking = runs.find(
    ({ summary, facts }) =>
      facts !== null &&
      isOfType(summary.workflowType) &&
      facts.taskQueue === taskQueue &&
      facts.nondeterminismFailure !== null &&
      facts.nondeterminismFailure.timeMs >= sinceMs &&
      // Core's words (`workflow_machines.rs`) when code without the call meets a live marker.
      facts.nondeterminismFailure.message.includes(`change ${patch.id}, but there is no corresponding change command`),
  );
  return lacking === undefined ? [] : [{ fact, why: 'floor-broken', seen: lacking.summary.workflowId }];
}

function againstTypes(fact: Types, written: readonly Written[], patch: PatchRef): readonly Contradiction[] {
  const { claim } = fact;
  if (!isOf(claim.patch, patch)) return [];
  const outside = written.find(
    ({ workflowType, marker }) => isOf(marker, patch) && !claim.workflowTypes.includes(workflowType),
  );
  return outside === undefined ? [] : [{ fact, why: 'type-outside-list', seen: outside.workflowType }];
}
