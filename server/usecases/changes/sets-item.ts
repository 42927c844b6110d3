import type { ChangePlan } from '#lib/api/changes/schemas.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

/** Sets as plans and changes carry them: the server's order. */
export function setsItem({ sets }: VersionSets): ChangePlan['before'] {
  return sets.map((set) => ({ buildIds: [...set.buildIds] }));
}
