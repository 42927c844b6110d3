import { describe, expect, it } from 'vitest';
import { planLimits } from '#lib/domain/change-plan/plan-limits.ts';
import { add, compatible, merge, promoteSet, sets, state } from '#lib/domain/change-plan/testing/examples.ts';
import type { QueueState } from '#lib/domain/change-plan/types.ts';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';

function limits(text: string, operation: VersionSetOperation, over: Partial<QueueState> = {}) {
  const given = state(sets(text), over);
  const outcome = applyOperation(given.sets, operation, NO_LIMITS);
  const after = outcome.kind === 'changed' ? outcome.sets : given.sets;
  return planLimits(given, after).map(({ limit, holds, allows }) => [limit, holds, allows]);
}

const numbered = (length: number, joiner: string) => Array.from({ length }, (_, index) => `s${index}`).join(joiner);

describe('planLimits', () => {
  it('names what the change uses up, and what it frees', () => {
    expect(limits('a | b', add('n'))).toEqual([
      ['sets', 3, 10],
      ['build-ids', 3, 100],
      ['task-queues-of-build-id', 1, 20],
    ]);
    expect(limits('a | b', merge('a', 'b'))).toEqual([['sets', 1, 10]]);
    expect(limits('a | b', promoteSet('a'))).toEqual([]);
  });

  it.each([
    ['8 of 10 sets', numbered(8, ' | '), []],
    ['9 of 10 sets', numbered(9, ' | '), [['sets', 9, 10]]],
    ['80 of 100 build IDs', numbered(80, ' '), []],
    ['81 of 100 build IDs', numbered(81, ' '), [['build-ids', 81, 100]]],
  ])('names %s only when over 80 %% used, where the change uses up nothing', (_what, text, expected) => {
    expect(limits(text, promoteSet('s0'))).toEqual(expected);
  });

  it('counts the queues of a build ID that is added, itself included, and of no other', () => {
    const otherQueues = new Map([
      ['n', 20],
      ['a', 7],
    ]);
    expect(limits('a | b', compatible('n', 'a'), { otherQueues })).toContainEqual(['task-queues-of-build-id', 21, 20]);
    expect(limits('a | b', promoteSet('a'), { otherQueues })).toEqual([]);
  });

  it('says nothing of other queues where they are not known', () => {
    expect(limits('a', add('n'), { otherQueues: null }).map(([limit]) => limit)).toEqual(['sets', 'build-ids']);
  });
});
