import { expect, test } from 'vitest';
import { startChild } from '#server/cli/serve/child.ts';

const node = (code: string, onLine?: (line: string) => void) =>
  startChild({ command: process.execPath, args: ['-e', code], env: {}, ...(onLine ? { onLine } : {}) });

/** Starts a program and waits for its first line. */
async function started(code: string) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const child = node(code, resolve);
  await promise;
  return child;
}

test('tells how it ended and keeps its last lines only', async () => {
  const child = node('for (let i = 1; i <= 60; i++) console.log(i); process.exitCode = 7');
  expect(await child.ended).toEqual({ isSuccess: false, how: 'exit code 7' });
  expect(child.lastLines()).toHaveLength(40);
  expect(child.lastLines().at(-1)).toBe('60');
});

test('a program that is not there is an end, not an exception', async () => {
  const child = startChild({ command: '/nowhere/program', args: [], env: {} });
  expect(await child.ended).toEqual({ isSuccess: false, how: expect.stringContaining('ENOENT') });
  await child.stop(100);
});

test('stop lets it end in its own way', async () => {
  const child = await started(
    "process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1e6); console.log('up')",
  );
  await child.stop(10_000);
  expect(await child.ended).toEqual({ isSuccess: true, how: 'exit code 0' });
});

test('stop ends by force what does not listen', async () => {
  const child = await started("process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6); console.log('up')");
  await child.stop(50);
  expect(await child.ended).toEqual({ isSuccess: false, how: 'signal SIGKILL' });
});
