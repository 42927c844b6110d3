import { describe, expect, it } from 'vitest';
import { describeSets } from '#components/changes/describe-sets.ts';

const before = [{ buildIds: ['dead', 'dead2'] }, { buildIds: ['cafe'] }];

describe('describeSets', () => {
  it('turns the server’s order into reading order', () => {
    const lanes = describeSets(before, null);
    expect(lanes.map((lane) => lane.builds.map((build) => build.buildId))).toEqual([['cafe'], ['dead2', 'dead']]);
    expect(lanes.map((lane) => lane.isQueueDefault)).toEqual([true, false]);
    expect(lanes[1]?.builds.map((build) => build.isSetDefault)).toEqual([true, false]);
    expect(lanes.flatMap((lane) => lane.builds).every((build) => build.marks.length === 0)).toBe(true);
  });

  it('marks what is new and what becomes a default', () => {
    const after = [{ buildIds: ['dead2', 'dead'] }, { buildIds: ['cafe'] }, { buildIds: ['f00d'] }];
    const marks = describeSets(after, before).flatMap((lane) =>
      lane.builds.map(({ buildId, marks }) => [buildId, marks]),
    );
    expect(marks).toEqual([
      ['f00d', ['new']],
      ['cafe', []],
      ['dead', ['new-default']],
      ['dead2', []],
    ]);
  });

  it('says what new runs started on before', () => {
    const replaced = (after: typeof before, earlier: typeof before | null) =>
      describeSets(after, earlier).map((lane) => lane.insteadOf);
    expect(replaced(before.toReversed(), before)).toEqual([{ buildId: 'cafe' }, null]);
    expect(replaced([{ buildIds: ['f00d'] }], [])).toEqual(['none']);
    expect(replaced(before, before)).toEqual([null, null]);
    expect(replaced(before, null)).toEqual([null, null]);
  });
});
