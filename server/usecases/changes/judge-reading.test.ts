import { expect, test } from 'vitest';
import { judgeReading } from '#server/usecases/changes/judge-reading.ts';

const reading = { namespace: 'ns', taskQueue: 'q', sets: { sets: [{ buildIds: ['a'] }] } };
const unread = () => Promise.reject(new Error('the newest change was read'));

test.each([
  ['seconds ago', 11_000, null],
  ['longer ago', 20_000, { sets: '[["a"]]', seenMs: 20_000 }],
])('what was seen %s and reads the same asks for no change', async (_when, readFromMs, seen) => {
  const known = { sets: '[["a"]]', seenMs: 10_000 };
  expect(await judgeReading({ ...reading, readFromMs }, [known, unread], Date.now)).toEqual({ seen, entry: null });
});

test('what reads otherwise does', async () => {
  const judged = judgeReading({ ...reading, readFromMs: 2 }, [{ sets: '[["b"]]', seenMs: 1 }, unread], Date.now);
  await expect(judged).rejects.toThrow('was read');
});
