import { describe, expect, it } from 'vitest';
import { draftOf, setsAfter } from '#components/changes/draft-operations.ts';
import { operationSchema } from '#lib/api/changes/schemas.ts';

const sets = { sets: [{ buildIds: ['a', 'b'] }, { buildIds: ['c'] }] };

describe('draftOf', () => {
  it('fills in what is likely meant', () => {
    expect(draftOf('promote-set', sets)).toEqual({ kind: 'promote-set', buildId: 'b' });
    expect(draftOf('promote-within-set', sets)).toEqual({ kind: 'promote-within-set', buildId: 'a' });
    expect(draftOf('merge-sets', sets)).toEqual({ kind: 'merge-sets', primaryBuildId: 'c', secondaryBuildId: 'b' });
    expect(draftOf('add-new-compatible', sets)).toMatchObject({ newBuildId: '', existingBuildId: 'c' });
  });

  it('is no whole operation where there is nothing to choose from', () => {
    for (const kind of ['promote-set', 'promote-within-set', 'merge-sets', 'add-new-compatible'] as const) {
      expect(operationSchema.safeParse(draftOf(kind, { sets: [] })).success).toBe(false);
    }
  });
});

describe('setsAfter', () => {
  it('lets a later step meet what an earlier one makes', () => {
    const after = setsAfter(sets, [
      { kind: 'add-new-default', buildId: 'd' },
      { kind: 'promote-set', buildId: 'a' },
    ]);
    expect(after.sets.map((set) => set.buildIds)).toEqual([['c'], ['d'], ['a', 'b']]);
  });

  it('passes over what would be refused', () => {
    expect(setsAfter(sets, [{ kind: 'promote-set', buildId: 'nobody' }])).toEqual(sets);
    expect(setsAfter(sets, [{ kind: 'add-new-default', buildId: '' }])).toEqual(sets);
  });
});
