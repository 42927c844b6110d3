import { beforeEach, describe, expect, it } from 'vitest';
import { whatIfSchema } from '#lib/api/changes/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { createFakeTemporal, type FakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { readOnly, testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { askWhatIf } from '#server/usecases/changes/what-if.ts';
import { digestOf } from '#server/usecases/task-queues/digest.ts';
import type { Ctx } from '#server/usecases/context.ts';

const queue = { namespace: 'ns', taskQueue: 'q' };
const addN: VersionSetOperation = { kind: 'add-new-default', buildId: 'n' };
const mergeAB: VersionSetOperation = { kind: 'merge-sets', primaryBuildId: 'a', secondaryBuildId: 'b' };

let fake: FakeTemporal;
let ctx: Ctx;
beforeEach(() => {
  fake = createFakeTemporal();
  for (const buildId of ['a', 'b']) fake.sets('q').apply({ kind: 'add-new-default', buildId });
  ctx = testCtx(fake.port, { config: readOnly('for looking only') });
});

describe('what if', () => {
  it('plans operations in a row, where nothing may be written too, and writes nothing', async () => {
    fake.countRuns = (query) => (query.includes('versioned:b') ? 14 : 0);
    fake.rules = { assignment: 1, redirect: 0 };
    const asked = await askWhatIf(ctx, { ...queue, operations: [addN, mergeAB] });
    expect(whatIfSchema.parse(asked)).toEqual(asked);
    expect(asked.steps.map(({ before }) => before.map((set) => set.buildIds))).toEqual([
      [['a'], ['b']],
      [['a'], ['b'], ['n']],
    ]);
    expect(asked.steps[1]?.notes).toEqual(
      expect.arrayContaining([
        { code: 'open-runs-move', buildId: 'a', count: 14 },
        { code: 'rules-lost', buildId: null, count: 1 },
      ]),
    );
    expect(asked.steps[1]?.digest).toBe(digestOf({ sets: asked.steps[1]?.before ?? [] }));
    expect(fake.writes).toEqual([]);
  });

  it('reads the queue once, however many operations are asked about', async () => {
    let readings = 0;
    fake.onRead = () => void (readings += 1);
    await askWhatIf(ctx, { ...queue, operations: [addN, mergeAB, { kind: 'promote-set', buildId: 'a' }] });
    expect(readings).toBe(1);
    expect(fake.queries).toHaveLength(3);
  });

  it('ends at the operation that Temporal would refuse', async () => {
    const refused: VersionSetOperation = { kind: 'promote-set', buildId: 'nobody' };
    const asked = await askWhatIf(ctx, { ...queue, operations: [addN, refused, mergeAB] });
    expect(asked.steps).toHaveLength(1);
    expect(asked.refused).toEqual({
      operation: refused,
      message: 'Temporal would refuse this: targeted version nobody not found.',
    });
  });
});
