import { setDefault, setOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** The default, after the change, of the one set that the operation is about: the build whose workers must take up. */
export function affectedDefault(after: VersionSets, operation: VersionSetOperation): string | null {
  const set = setOf(after, targetOf(operation));
  return set ? setDefault(set) : null;
}

/** A build ID that names the operation's set in the state after it. */
function targetOf(operation: VersionSetOperation): string {
  switch (operation.kind) {
    case 'add-new-default':
    case 'promote-set':
    case 'promote-within-set':
      return operation.buildId;
    case 'add-new-compatible':
      return operation.newBuildId;
    case 'merge-sets':
      return operation.primaryBuildId;
  }
}
