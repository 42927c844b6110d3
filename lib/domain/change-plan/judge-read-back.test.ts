import { describe, expect, it } from 'vitest';
import { judgeLateReading, judgeReadBack } from '#lib/domain/change-plan/judge-read-back.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

const sets = (...lists: string[][]): VersionSets => ({ sets: lists.map((buildIds) => ({ buildIds })) });
const before = sets(['a'], ['b']);
const planned = sets(['b'], ['a']);
const foreign = sets(['a'], ['b'], ['z']);
const operation: VersionSetOperation = { kind: 'promote-set', buildId: 'a' };

describe('judgeReadBack', () => {
  it.each([
    ['accepted', planned, false, 'verified'],
    ['accepted', before, true, null],
    ['accepted', foreign, false, 'superseded'],
    ['unclear', planned, false, 'verified'],
    ['unclear', before, false, null],
    ['unclear', before, true, 'unconfirmed'],
    ['unclear', foreign, false, null],
    ['unclear', foreign, true, 'superseded'],
  ] as const)('a write %s, reading %j, past landing %s: %s', (write, observed, isPastLanding, judgement) => {
    expect(judgeReadBack({ before, operation, observed, write, isPastLanding })).toBe(judgement);
  });
});

describe('judgeLateReading', () => {
  it.each([
    [planned, false, 'verified'],
    [before, false, null],
    [before, true, 'not-applied'],
    [foreign, false, 'superseded'],
  ] as const)('reading %j, past the refresh %s: %s', (observed, isPastRefresh, judgement) => {
    expect(judgeLateReading({ before, operation, observed, isPastRefresh })).toBe(judgement);
  });
});
