import { DEFAULT_LIMITS, type VersionSetLimits } from '#lib/domain/version-sets/limits.ts';
import { mergeAt } from '#lib/domain/version-sets/merge.ts';
import { type BuildIdPlace, placeOf } from '#lib/domain/version-sets/queries.ts';
import { frontendRefusal, limitRefusal, refuse, type Refusal } from '#lib/domain/version-sets/refusals.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

export type OperationOutcome =
  | { readonly kind: 'changed'; readonly sets: VersionSets }
  | { readonly kind: 'no-op' }
  | Refusal;

const NO_OP: OperationOutcome = { kind: 'no-op' };

/**
 * What UpdateWorkerBuildIdCompatibility does to a queue's sets (Temporal's `service/matching/version_sets.go`, in its order of
 * checks). Exact but for two things only the server knows: how superseded build IDs mix in a merge (`mergeAt`), and
 * whether a build ID is already on `limit.taskQueuesPerBuildId` other queues.
 */
export function applyOperation(
  before: VersionSets,
  operation: VersionSetOperation,
  limits: VersionSetLimits = DEFAULT_LIMITS,
): OperationOutcome {
  const refused = frontendRefusal(operation, limits);
  if (refused) return refused;
  const outcome = transform(before, operation);
  if (outcome.kind === 'refused') return outcome;
  return limitRefusal(outcome.kind === 'changed' ? outcome.sets : before, limits) ?? outcome;
}

function transform(before: VersionSets, operation: VersionSetOperation): OperationOutcome {
  switch (operation.kind) {
    case 'add-new-default':
      return addNewDefault(before, operation.buildId);
    case 'add-new-compatible':
      return addNewCompatible(before, operation);
    case 'promote-set': {
      const place = placeOf(before, operation.buildId);
      if (!place) return unknown('version', operation.buildId);
      return isLast(before.sets, place.set) ? NO_OP : changed(toEnd(before.sets, place.set));
    }
    case 'promote-within-set': {
      const place = placeOf(before, operation.buildId);
      if (!place) return unknown('version', operation.buildId);
      const ids = before.sets[place.set]?.buildIds ?? [];
      return isLast(ids, place.position) ? NO_OP : changed(withIds(before, place.set, toEnd(ids, place.position)));
    }
    case 'merge-sets':
      return mergeSets(before, operation.primaryBuildId, operation.secondaryBuildId);
  }
}

function addNewDefault(before: VersionSets, buildId: string): OperationOutcome {
  const place = placeOf(before, buildId);
  if (!place) return changed([...before.sets, { buildIds: [buildId] }]);
  const isAlone = before.sets[place.set]?.buildIds.length === 1;
  if (isLast(before.sets, place.set) && isAlone) return NO_OP;
  return refuse('invalid-argument', `version ${buildId} already exists`);
}

function addNewCompatible(
  before: VersionSets,
  operation: VersionSetOperation & { kind: 'add-new-compatible' },
): OperationOutcome {
  const { newBuildId, existingBuildId, asQueueDefault } = operation;
  const host = placeOf(before, existingBuildId);
  if (!host) return unknown('compatible_version', existingBuildId);
  const present = placeOf(before, newBuildId);
  if (present) return addAgain(before, operation, present, host);
  const ids = before.sets[host.set]?.buildIds ?? [];
  const grown = withIds(before, host.set, [...ids, newBuildId]);
  return changed(asQueueDefault ? toEnd(grown, host.set) : grown);
}

/** The build ID is there already: success only where nothing is left to do. */
function addAgain(
  before: VersionSets,
  operation: VersionSetOperation & { kind: 'add-new-compatible' },
  present: BuildIdPlace,
  host: BuildIdPlace,
): OperationOutcome {
  const { newBuildId, existingBuildId, asQueueDefault } = operation;
  if (present.set !== host.set) {
    return refuse(
      'invalid-argument',
      `${newBuildId} requested to be made compatible with ${existingBuildId} but both versions exist and are incompatible`,
    );
  }
  if (asQueueDefault && !isLast(before.sets, present.set)) {
    return refuse('invalid-argument', `version ${newBuildId} already exists and is not default for queue`);
  }
  if (!isLast(before.sets[present.set]?.buildIds ?? [], present.position)) {
    return refuse('invalid-argument', `version ${newBuildId} already exists and is not default in set`);
  }
  return NO_OP;
}

function mergeSets(before: VersionSets, primaryBuildId: string, secondaryBuildId: string): OperationOutcome {
  const primary = placeOf(before, primaryBuildId);
  if (!primary) return unknown('primary version', primaryBuildId);
  const secondary = placeOf(before, secondaryBuildId);
  if (!secondary) return unknown('secondary version', secondaryBuildId);
  if (primary.set === secondary.set) return NO_OP;
  return { kind: 'changed', sets: mergeAt(before, primary.set, secondary.set) };
}

function unknown(what: string, buildId: string): Refusal {
  return refuse('not-found', `targeted ${what} ${buildId} not found`);
}

function changed(sets: VersionSets['sets']): OperationOutcome {
  return { kind: 'changed', sets: { sets } };
}

function isLast(list: readonly unknown[], index: number): boolean {
  return index === list.length - 1;
}

function toEnd<T>(list: readonly T[], index: number): T[] {
  return [...list.slice(0, index), ...list.slice(index + 1), ...list.slice(index, index + 1)];
}

function withIds({ sets }: VersionSets, index: number, buildIds: readonly string[]): VersionSets['sets'] {
  return sets.map((set, at) => (at === index ? { buildIds } : set));
}
