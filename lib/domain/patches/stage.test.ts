import { describe, expect, it } from 'vitest';
import { stageOf } from '#lib/domain/patches/stage.ts';

const none = { live: 0, deprecated: 0, versions: [], notRead: 0 };

describe('stageOf', () => {
  it.each([
    ['core', { ...none, live: 3 }, 'introduced'],
    ['core', { ...none, live: 3, deprecated: 1 }, 'deprecating'],
    ['version', { ...none, versions: [{ openRuns: 2 }] }, 'introduced'],
    ['core', none, 'not-carried'],
    ['core', { ...none, notRead: 1 }, 'unknown'],
  ] as const)('%s %j is %s', (kind, counts, stage) => {
    expect(stageOf(kind, counts)).toBe(stage);
  });
});
