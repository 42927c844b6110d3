import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgress } from '#server/cli/serve/progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const lines: string[] = [];
  const progress = createProgress((text) => void lines.push(text), Date.now);
  const after = (ms: number) => () => new Promise<string>((resolve) => setTimeout(() => resolve('done'), ms));
  return { lines, progress, after };
}

test('a quick step says nothing and hands back its result', async () => {
  const { lines, progress, after } = setUp();
  const result = progress.step('Starting', after(900));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await result).toBe('done');
  expect(lines).toEqual([]);
});

test('a step of two seconds is announced before it ends', async () => {
  const { lines, progress, after } = setUp();
  const result = progress.step('Starting', after(2_000));
  await vi.advanceTimersByTimeAsync(1_500);
  expect(lines).toEqual(['Starting …\n']);
  await vi.advanceTimersByTimeAsync(60_000);
  await result;
  expect(lines).toEqual(['Starting …\n', 'Starting: done in 2.0 s\n']);
});

test('a long step gives a sign of life, and none after a failure', async () => {
  const { lines, progress } = setUp();
  const failure = () => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no')), 25_000));
  const result = progress.step('Building', failure).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(90_000);
  expect(await result).toBeInstanceOf(Error);
  expect(lines).toEqual(['Building …\n', 'Building: 11.0 s so far …\n', 'Building: 21.0 s so far …\n']);
});
