import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksForSure } from '#lib/domain/verdict/first-blocker.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { worlds } from '#lib/domain/verdict/testing/worlds.ts';

const MANY = 3_000;

describe('blocksForSure', () => {
  it('is never taken back: with one such run the verdict over all evidence is blocked', () => {
    let met = 0;
    fc.assert(
      fc.property(worlds(), (world) => {
        const open = world.types.flatMap(({ runs }) => runs).filter(isOpen);
        const sure = open.filter((run) => blocksForSure(run, world));
        if (sure.length === 0) return;
        met += 1;
        const verdict = judgePatch(world);
        // A fact that a later run contradicts may have been what blocked.
        if (verdict.contradictions.length > 0) return;
        expect(verdict.answer).toBe('blocked');
      }),
      { numRuns: MANY },
    );
    // The generator makes such runs, or the property says nothing.
    expect(met).toBeGreaterThan(MANY / 20);
  });
});

type Run = Parameters<typeof blocksForSure>[0];

function isOpen({ summary, facts }: Run): boolean {
  return summary.closeTimeMs === null && facts?.isClosed !== true;
}
