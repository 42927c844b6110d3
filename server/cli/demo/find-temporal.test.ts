import { expect, test } from 'vitest';
import { startFirstTemporal, type Way, waysToTemporal } from '#server/cli/demo/find-temporal.ts';
import { createProgress } from '#server/cli/serve/progress.ts';

const server = { address: '127.0.0.1:7233', ended: new Promise<never>(() => {}), stop: async () => {} };
const at = (name: string, path: string): Way => ({ name, find: async () => ({ path }) });
const not = (name: string, problem: string): Way => ({ name, find: async () => ({ problem }) });

async function run(ways: readonly Way[], good: string) {
  const lines: string[] = [];
  const started: string[] = [];
  const start = async (path: string) => {
    started.push(path);
    return path === good ? { server } : { problem: 'refuses version sets' };
  };
  const progress = createProgress((text) => void lines.push(text), Date.now);
  const result = await startFirstTemporal(ways, start, progress).catch((error: unknown) => error);
  return { lines, started, result };
}

test('goes on to the next way until a server gives version sets, and tells each in one line', async () => {
  const ways = [not('PATH', 'not there'), at('kept', '/a'), at('built', '/b'), at('never', '/c')];
  const { lines, started, result } = await run(ways, '/b');
  expect(result).toBe(server);
  expect(started).toEqual(['/a', '/b']);
  expect(lines).toEqual([
    'Temporal: PATH: not there\n',
    'Temporal: kept: refuses version sets\n',
    'Temporal: 127.0.0.1:7233 (built)\n',
  ]);
});

test('says what to do when no way works', async () => {
  const { result } = await run([not('PATH', 'not there'), at('kept', '/a')], '/b');
  expect(result).toMatchObject({
    code: 'temporal-unreachable',
    hint: expect.stringContaining('PATCHBOARD_TEMPORAL_BIN'),
  });
});

test('a program that the user named is the only way', async () => {
  const { signal } = new AbortController();
  const ways = waysToTemporal({ env: { PATCHBOARD_TEMPORAL_BIN: '/nowhere/temporal' }, folder: '/cache', signal });
  expect(ways).toHaveLength(1);
  expect(await ways[0]?.find()).toEqual({ problem: '/nowhere/temporal is no program' });
});
