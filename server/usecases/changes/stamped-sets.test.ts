import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { isResultOf } from '#lib/domain/version-sets/is-result-of.ts';
import { anyOperationOn } from '#lib/domain/version-sets/testing/any-sets.ts';
import { isCodedError } from '#server/errors.ts';
import { createStampedSets } from '#server/usecases/changes/testing/stamped-sets.ts';

const operation = anyOperationOn(['a', 'b', 'c', 'd', 'e', 'f']);

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
