import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { isResultOf } from '#lib/domain/version-sets/is-result-of.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { isCodedError } from '#server/errors.ts';
import { createStampedSets } from '#server/usecases/changes/testing/stamped-sets.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const operation: fc.Arbitrary<VersionSetOperation> = fc.oneof(
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

it('the model by order and the store by stamps agree over whole histories of operations', () => {
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 40 }), (operations) => {
      const store = createStampedSets();
      for (const next of operations) {
        const before = store.read();
        const said = applyOperation(before, next);
        let isRefused = false;
        try {
          store.apply(next);
        } catch (error) {
          if (!isCodedError(error)) throw error;
          isRefused = true;
          expect(said).toMatchObject({
            kind: 'refused',
            code: error.code === 'not-found' ? 'not-found' : 'invalid-argument',
          });
        }
        expect(isRefused).toBe(said.kind === 'refused');
        if (said.kind === 'refused') expect(store.read()).toEqual(before);
        else expect(isResultOf(before, next, store.read())).toBe(true);
        if (said.kind === 'no-op') expect(store.read()).toEqual(before);
      }
    }),
    { numRuns: 500 },
  );
});
