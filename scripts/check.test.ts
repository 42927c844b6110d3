import { expect, it } from 'vitest';
import { runCheck } from './check.ts';

const node = (code: string): string[] => [process.execPath, '-e', code];

it('runs the steps of a check until one fails, and keeps what they said', async () => {
  const steps = [
    node('console.log("one")'),
    node('console.error("two"); process.exit(3)'),
    node('console.log("three")'),
  ];
  expect(await runCheck({ name: 'x', steps }, '.')).toMatchObject({ name: 'x', isOk: false, output: 'one\ntwo\n' });
  expect(await runCheck({ name: 'x', steps: steps.slice(0, 1) }, '.')).toMatchObject({ isOk: true, output: 'one\n' });
});

it('fails where a program cannot be started', async () => {
  const end = await runCheck({ name: 'x', steps: [['no-such-program']] }, '.');
  expect(end).toMatchObject({ isOk: false, output: expect.stringContaining('no-such-program') });
});
