import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sideBySide } from '#server/cli/serve/side-by-side.ts';

const never = new AbortController().signal;

test('hands back both results', async () => {
  expect(
    await sideBySide(
      never,
      async () => 1,
      async () => 'two',
    ),
  ).toEqual([1, 'two']);
});

test('a failure aborts the other, is thrown after the other ended, and is not hidden by its echo', async () => {
  let hasEnded = false;
  const slow = async (signal: AbortSignal) => {
    await sleep(60_000, undefined, { signal }).catch(() => {});
    await sleep(20);
    hasEnded = true;
    throw new Error('echo');
  };
  const broken = async () => {
    throw new Error('cause');
  };
  await expect(sideBySide(never, slow, broken)).rejects.toThrow('cause');
  expect(hasEnded).toBe(true);
});

test('an abort from outside reaches both', async () => {
  const outside = new AbortController();
  const seen: string[] = [];
  const work = (name: string) => (signal: AbortSignal) =>
    sleep(60_000, undefined, { signal }).catch(() => void seen.push(name));
  const both = sideBySide(outside.signal, work('a'), work('b'));
  outside.abort();
  await both;
  expect(seen.sort()).toEqual(['a', 'b']);
});
