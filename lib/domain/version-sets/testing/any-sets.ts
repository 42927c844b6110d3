import * as fc from 'fast-check';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** Any of the five operations on these build IDs, whatever would become of it. */
export function anyOperationOn(buildIds: readonly string[]): fc.Arbitrary<VersionSetOperation> {
  const id = fc.constantFrom(...buildIds);
  return fc.oneof(
    fc.record({
      kind: fc.constantFrom('add-new-default' as const, 'promote-set' as const, 'promote-within-set' as const),
      buildId: id,
    }),
    fc.record({
      kind: fc.constant('add-new-compatible' as const),
      newBuildId: id,
      existingBuildId: id,
      asQueueDefault: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('merge-sets' as const), primaryBuildId: id, secondaryBuildId: id }),
  );
}

/** Any state that operations lead to, built without the model: a shuffled part of the build IDs, cut into sets of up to `most`. */
export function anySetsOf(buildIds: readonly string[], most: number): fc.Arbitrary<VersionSets> {
  const sizes = fc.array(fc.integer({ min: 1, max: most }), { minLength: buildIds.length, maxLength: buildIds.length });
  return fc.tuple(fc.shuffledSubarray([...buildIds]), sizes).map(([ids, cuts]) => {
    const sets: { buildIds: string[] }[] = [];
    let at = 0;
    for (const size of cuts) {
      if (at < ids.length) sets.push({ buildIds: ids.slice(at, at + size) });
      at += size;
    }
    return { sets };
  });
}
