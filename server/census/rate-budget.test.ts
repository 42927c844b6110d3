import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRateBudget } from '#server/census/rate-budget.ts';
import { createTestClock } from '#server/census/testing/test-clock.ts';

/** Most of the times that lie in any window of one second. */
function mostInOneSecond(times: readonly number[]): number {
  const sorted = times.toSorted((left, right) => left - right);
  return Math.max(0, ...sorted.map((from) => sorted.filter((time) => time >= from && time < from + 1_000).length));
}

describe('createRateBudget', () => {
  test('no second sees more calls than the rate, however the calls dawdle on their way', async () => {
    const anyCall = fc.record({ gapMs: fc.nat(400), wayMs: fc.nat(1_500), restMs: fc.nat(300) });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.array(anyCall, { maxLength: 25 }), async (rate, calls) => {
        const clock = createTestClock();
        const budget = createRateBudget(rate, clock);
        const arrivals: number[] = [];
        const made: Promise<void>[] = [];
        for (const { gapMs, wayMs, restMs } of calls) {
          await clock.advance(gapMs);
          made.push(
            budget.run(async () => {
              await clock.sleep(wayMs);
              arrivals.push(clock.elapsedMs());
              await clock.sleep(restMs);
            }),
          );
        }
        await clock.until(Promise.all(made));
        expect(arrivals.length).toBe(calls.length);
        expect(mostInOneSecond(arrivals)).toBeLessThanOrEqual(rate);
      }),
      { numRuns: 60 },
    );
  });

  test('grants nearly the whole rate when calls are quick', async () => {
    const clock = createTestClock();
    const budget = createRateBudget(3, clock);
    const calls = Array.from({ length: 30 }, () => budget.run(() => clock.sleep(10)));
    await clock.until(Promise.all(calls));
    expect(clock.elapsedMs()).toBeLessThan((30 / 3) * 1_000 * 1.02);
  });

  test('a rate below one is spaced, not refused', async () => {
    const clock = createTestClock();
    const budget = createRateBudget(0.5, clock);
    const starts: number[] = [];
    const start = async () => void starts.push(clock.elapsedMs());
    await clock.until(Promise.all([budget.run(start), budget.run(start)]));
    expect(starts).toEqual([0, 2_000]);
  });

  test('serves in order, and lets go who left', async () => {
    const clock = createTestClock();
    const budget = createRateBudget(1, clock);
    const order: string[] = [];
    const note = (name: string) => async () => void order.push(name);
    const leaving = new AbortController();
    const first = budget.run(note('first'));
    const left = budget.run(note('left'), leaving.signal);
    const last = budget.run(note('last'));
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: 'aborted' });
    await expect(budget.take(1, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    await clock.until(Promise.all([first, last]));
    expect(order).toEqual(['first', 'last']);
    expect(clock.elapsedMs()).toBe(1_000);
  });

  test('a failed call frees its place', async () => {
    const clock = createTestClock();
    const budget = createRateBudget(1, clock);
    await expect(budget.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await clock.until(budget.take(0));
    expect(clock.elapsedMs()).toBe(1_000);
  });

  test('slows down once for failures that come together, and recovers by itself', async () => {
    const clock = createTestClock();
    const budget = createRateBudget(50, clock);
    for (let i = 0; i < 32; i++) budget.slowDown();
    expect(budget.perSecond()).toBe(25);
    await clock.advance(1_000);
    budget.slowDown();
    expect(budget.perSecond()).toBeLessThan(14);
    for (let i = 0; i < 20; i++) {
      budget.slowDown();
      await clock.advance(1_000);
    }
    expect(budget.perSecond()).toBeGreaterThanOrEqual(5);
    await clock.advance(60_000);
    expect(budget.perSecond()).toBe(50);
  });
});
