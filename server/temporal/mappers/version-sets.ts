import type { temporal } from '@temporalio/proto';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

type Update = temporal.api.workflowservice.v1.UpdateWorkerBuildIdCompatibilityRequest.$Properties;
type Answer = temporal.api.workflowservice.v1.GetWorkerBuildIdCompatibilityResponse.$Properties;

export function toVersionSets({ majorVersionSets }: Answer): VersionSets {
  return { sets: (majorVersionSets ?? []).map(({ buildIds }) => ({ buildIds: buildIds ?? [] })) };
}

/** The one field of the request's `operation`. */
export function fromOperation(operation: VersionSetOperation): Update {
  switch (operation.kind) {
    case 'add-new-default':
      return { addNewBuildIdInNewDefaultSet: operation.buildId };
    case 'add-new-compatible':
      return {
        addNewCompatibleBuildId: {
          newBuildId: operation.newBuildId,
          existingCompatibleBuildId: operation.existingBuildId,
          makeSetDefault: operation.asQueueDefault,
        },
      };
    case 'promote-set':
      return { promoteSetByBuildId: operation.buildId };
    case 'promote-within-set':
      return { promoteBuildIdWithinSet: operation.buildId };
    case 'merge-sets':
      return {
        mergeSets: { primarySetBuildId: operation.primaryBuildId, secondarySetBuildId: operation.secondaryBuildId },
      };
  }
}
