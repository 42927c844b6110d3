import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { allEnded } from '#server/usecases/verdict/gather/all-ended.ts';

test('gives what each gives, in their order', async () => {
  expect(await allEnded([turn(1), 2, Promise.resolve(3)])).toEqual([1, 2, 3]);
});

test('throws the first failure of the list, after all have ended', async () => {
  const slow = Promise.withResolvers<number>();
  let hasEnded = false;
  const all = allEnded([slow.promise, Promise.reject(new Error('second')), Promise.reject(new Error('third'))]);
  const ended = all.finally(() => {
    hasEnded = true;
  });
  const told = expect(ended).rejects.toThrow('second');
  await turn();
  expect(hasEnded).toBe(false);
  slow.resolve(1);
  await told;
});
