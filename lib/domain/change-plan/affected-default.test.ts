import { describe, expect, it } from 'vitest';
import { affectedDefault } from '#lib/domain/change-plan/affected-default.ts';

const after = { sets: [{ buildIds: ['a', 'b'] }, { buildIds: ['c', 'd'] }] };

describe('affectedDefault', () => {
  it.each([
    [{ kind: 'promote-set', buildId: 'c' } as const, 'd'],
    [{ kind: 'promote-within-set', buildId: 'b' } as const, 'b'],
    [{ kind: 'add-new-default', buildId: 'd' } as const, 'd'],
    [{ kind: 'add-new-compatible', newBuildId: 'b', existingBuildId: 'a', asQueueDefault: false } as const, 'b'],
    [{ kind: 'merge-sets', primaryBuildId: 'a', secondaryBuildId: 'c' } as const, 'b'],
    [{ kind: 'promote-set', buildId: 'gone' } as const, null],
  ])('%j: %s', (operation, buildId) => {
    expect(affectedDefault(after, operation)).toBe(buildId);
  });
});
