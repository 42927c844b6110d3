import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, type Counts, countsOf, NO_TESTS, problems, type StageResult, summaryLine } from './counts.ts';

const counts: fc.Arbitrary<Counts> = fc.record({ passed: fc.nat(999), failed: fc.nat(9), skipped: fc.nat(9) });
const stages: fc.Arbitrary<StageResult[]> = fc.array(
  fc.record({ name: fc.constantFrom('unit', 'e2e'), counts, exitCode: fc.constantFrom(0, 1, 143) }),
);
const sum = (results: readonly StageResult[]): Counts => results.map(countsOf).reduce(add, NO_TESTS);

describe('the sum over suites', () => {
  it('is printed as the one line that machines read', () => {
    expect(summaryLine({ passed: 12, failed: 0, skipped: 3 })).toBe('12 passed, 0 failed, 3 skipped');
  });

  it('loses no test and no bad end', () => {
    fc.assert(
      fc.property(stages, (results) => {
        const total = sum(results);
        expect(total.passed).toBe(results.reduce((n, stage) => n + stage.counts.passed, 0));
        const isBad = results.some((stage) => stage.exitCode !== 0 || stage.counts.failed > 0);
        expect(total.failed > 0).toBe(isBad);
      }),
    );
  });

  it('fails outside CI exactly where something failed', () => {
    fc.assert(
      fc.property(stages, (results) => {
        expect(problems(results, false).length > 0).toBe(sum(results).failed > 0);
      }),
    );
  });

  it('fails in CI for a skipped test and for an empty suite', () => {
    const stage = (counts: Counts): StageResult[] => [{ name: 'e2e', counts, exitCode: 0 }];
    expect(problems(stage({ passed: 3, failed: 0, skipped: 0 }), true)).toEqual([]);
    expect(problems(stage({ passed: 3, failed: 0, skipped: 1 }), true)).toEqual([
      'e2e: 1 skipped, which CI does not accept',
    ]);
    expect(problems(stage(NO_TESTS), true)).toEqual(['e2e: no test ran, which CI does not accept']);
    expect(problems(stage(NO_TESTS), false)).toEqual([]);
  });
});
