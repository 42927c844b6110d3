import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '#lib/api/shared/errors.ts';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { isResultOf } from '#lib/domain/version-sets/is-result-of.ts';
import { areSameSets } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';
import { isCodedError } from '#server/errors.ts';
import { openRealTemporal, type RealTemporal, writePatiently } from '#server/usecases/changes/testing/real-temporal.ts';

let real: RealTemporal;
beforeAll(async () => {
  real = await openRealTemporal(process.env.PATCHBOARD_TEST_ADDRESS);
});
afterAll(() => real?.close());

/** Few names, so that operations meet each other; one is never added. */
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'é "x"');
const asked = fc.oneof({ weight: 12, arbitrary: id }, { weight: 1, arbitrary: fc.constant('nobody') });
const operation: fc.Arbitrary<VersionSetOperation> = fc.oneof(
  fc.record({ kind: fc.constant('add-new-default' as const), buildId: id }),
  fc.record({
    kind: fc.constant('add-new-compatible' as const),
    newBuildId: id,
    existingBuildId: asked,
    asQueueDefault: fc.boolean(),
  }),
  fc.record({ kind: fc.constantFrom('promote-set' as const, 'promote-within-set' as const), buildId: asked }),
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('merge-sets' as const), primaryBuildId: asked, secondaryBuildId: asked }),
  },
);

async function answerOf(
  taskQueue: string,
  next: VersionSetOperation,
): Promise<{ code: ErrorCode; message: string } | null> {
  try {
    await writePatiently(real, taskQueue, next);
    return null;
  } catch (error) {
    if (!isCodedError(error)) throw error;
    return { code: error.code, message: error.message };
  }
}

/** Sends one operation and compares answer and state with the model. Returns the state after it and what happened. */
async function step(taskQueue: string, before: VersionSets, next: VersionSetOperation) {
  const said = applyOperation(before, next);
  const answer = await answerOf(taskQueue, next);
  const after = await real.readSets(taskQueue);
  const where = JSON.stringify({ before, next, said, answer, after });
  if (said.kind === 'refused') {
    expect(answer?.code, where).toBe('refused');
    // Messages come with their white space folded: an empty build ID leaves two spaces in Temporal's.
    expect(answer?.message, where).toContain(said.reason.replaceAll(/\s+/g, ' '));
  } else {
    expect(answer, where).toBeNull();
  }
  const isAsSaid = said.kind === 'changed' ? isResultOf(before, next, after) : areSameSets(before, after);
  expect(isAsSaid, where).toBe(true);
  return { after, kind: said.kind };
}

describe('the model and a real server', () => {
  it('agree on state, no-ops and refusals over random sequences', async () => {
    const counts: Record<string, number> = {};
    const seed = Math.floor(Math.random() * 2 ** 31);
    for (const [index, taskQueue] of ['one', 'two', 'three'].entries()) {
      let sets: VersionSets = { sets: [] };
      for (const next of fc.sample(operation, { seed: seed + index, numRuns: 60 })) {
        const { after, kind } = await step(taskQueue, sets, next);
        sets = after;
        counts[`${next.kind} ${kind}`] = (counts[`${next.kind} ${kind}`] ?? 0) + 1;
      }
    }
    const missing = [
      'add-new-default changed',
      'add-new-compatible changed',
      'add-new-compatible refused',
      'promote-set changed',
    ].filter((outcome) => !counts[outcome]);
    expect(missing, `seed ${seed}, ${JSON.stringify(counts)}`).toEqual([]);
  });

  it('agree on every no-op and refusal that the rules name', async () => {
    const taskQueue = 'rules';
    const compatible = (newBuildId: string, existingBuildId: string, asQueueDefault = false) =>
      ({ kind: 'add-new-compatible', newBuildId, existingBuildId, asQueueDefault }) as const;
    const merge = (primaryBuildId: string, secondaryBuildId: string) =>
      ({ kind: 'merge-sets', primaryBuildId, secondaryBuildId }) as const;
    const steps: [VersionSetOperation, string][] = [
      [{ kind: 'promote-set', buildId: 'a' }, 'refused'],
      [{ kind: 'add-new-default', buildId: 'a' }, 'changed'],
      [{ kind: 'add-new-default', buildId: 'a' }, 'no-op'],
      [compatible('a2', 'a'), 'changed'],
      [{ kind: 'add-new-default', buildId: 'a2' }, 'refused'],
      [compatible('a2', 'a', true), 'no-op'],
      [compatible('a', 'a2'), 'refused'],
      [{ kind: 'add-new-default', buildId: 'b' }, 'changed'],
      [{ kind: 'add-new-default', buildId: 'x'.repeat(255) }, 'changed'],
      [compatible('a2', 'a', true), 'refused'],
      [compatible('b', 'a'), 'refused'],
      [compatible('y', 'x'.repeat(300)), 'refused'],
      [{ kind: 'promote-set', buildId: 'a' }, 'changed'],
      [{ kind: 'promote-set', buildId: 'a2' }, 'no-op'],
      [{ kind: 'promote-within-set', buildId: 'a2' }, 'no-op'],
      [{ kind: 'promote-within-set', buildId: 'a' }, 'changed'],
      [{ kind: 'promote-within-set', buildId: 'nobody' }, 'refused'],
      [merge('a', 'a2'), 'no-op'],
      [merge('nobody', 'a'), 'refused'],
      [merge('a', 'nobody'), 'refused'],
      [merge('', 'a'), 'refused'],
      [merge('b', 'a'), 'changed'],
    ];
    let sets: VersionSets = { sets: [] };
    for (const [next, expected] of steps) {
      const { after, kind } = await step(taskQueue, sets, next);
      expect(kind, JSON.stringify(next)).toBe(expected);
      sets = after;
    }
    // Refused by the frontend before it looks at the sets, in words of its own.
    const tooLong: VersionSetOperation = { kind: 'promote-set', buildId: 'x'.repeat(256) };
    expect(applyOperation(sets, tooLong)).toMatchObject({ code: 'invalid-argument' });
    expect((await answerOf(taskQueue, tooLong))?.code).toBe('refused');
  });

  it('mixes merged build IDs by the times at which they became default, which no API tells', async () => {
    const taskQueue = 'mixed';
    const add = (newBuildId: string, existingBuildId: string) =>
      writePatiently(real, taskQueue, {
        kind: 'add-new-compatible',
        newBuildId,
        existingBuildId,
        asQueueDefault: false,
      });
    await writePatiently(real, taskQueue, { kind: 'add-new-default', buildId: 'p1' });
    await writePatiently(real, taskQueue, { kind: 'add-new-default', buildId: 's1' });
    await add('p2', 'p1');
    await add('s2', 's1');
    await add('p3', 'p1');
    const before = await real.readSets(taskQueue);
    const merge: VersionSetOperation = { kind: 'merge-sets', primaryBuildId: 'p1', secondaryBuildId: 's1' };
    await writePatiently(real, taskQueue, merge);
    const after = await real.readSets(taskQueue);
    expect(after).toEqual({ sets: [{ buildIds: ['p1', 's1', 'p2', 's2', 'p3'] }] });
    expect(isResultOf(before, merge, after)).toBe(true);
    expect(applyOperation(before, merge)).not.toEqual({ kind: 'changed', sets: after });
  });

  it('agree at the limits of ten sets and a hundred build IDs', async () => {
    const taskQueue = 'limits';
    let sets: VersionSets = { sets: [] };
    for (let index = 0; index < 10; index += 1) {
      sets = (await step(taskQueue, sets, { kind: 'add-new-default', buildId: `set${index}` })).after;
    }
    expect((await step(taskQueue, sets, { kind: 'add-new-default', buildId: 'set10' })).kind).toBe('refused');
    for (let index = 10; index < 100; index += 1) {
      await writePatiently(real, taskQueue, {
        kind: 'add-new-compatible',
        newBuildId: `build${index}`,
        existingBuildId: 'set0',
        asQueueDefault: false,
      });
    }
    sets = await real.readSets(taskQueue);
    const next = {
      kind: 'add-new-compatible',
      newBuildId: 'build100',
      existingBuildId: 'set0',
      asQueueDefault: false,
    } as const;
    expect((await step(taskQueue, sets, next)).kind).toBe('refused');
    expect((await step(taskQueue, sets, { kind: 'promote-set', buildId: 'set0' })).kind).toBe('changed');
  });
});
