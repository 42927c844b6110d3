import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startProcess } from './process.ts';
import { waitFor } from './wait.ts';

const newLog = (): string => join(mkdtempSync(join(tmpdir(), 'patchboard-process-')), 'log');

const isAlive = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
};

/** A shell that leaves a grandchild behind and prints its pid. */
const script = 'sleep 300 & echo $!; wait';
const readPid = (log: string): Promise<number> =>
  waitFor(() => Number(readFileSync(log, 'utf8').trim()) || undefined, { what: 'the pid', timeoutMs: 5000 });

describe('a process of the harness', () => {
  it('is ended with what it started', async () => {
    const logFile = newLog();
    const managed = startProcess({ name: 'shell', command: 'sh', args: ['-c', script], logFile });
    const grandchild = await readPid(logFile);
    expect(isAlive(grandchild)).toBe(true);
    await managed.end();
    expect(isAlive(managed.pid)).toBe(false);
    expect(isAlive(grandchild)).toBe(false);
  });

  it('is killed when it does not end by itself', async () => {
    const logFile = newLog();
    const deaf = `trap '' TERM; echo $$; while :; do sleep 0.05; done`;
    const managed = startProcess({ name: 'deaf', command: 'sh', args: ['-c', deaf], logFile, graceMs: 100 });
    await readPid(logFile);
    await managed.end();
    expect(isAlive(managed.pid)).toBe(false);
  });

  it('does not outlive a harness that was killed', async () => {
    const logFile = newLog();
    const source = `
      import { startProcess } from '#e2e/harness/process.ts';
      startProcess({ name: 'sh', command: 'sh', args: ['-c', ${JSON.stringify(script)}], logFile: ${JSON.stringify(logFile)} });
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300);
      setInterval(() => {}, 1000);`;
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', source]).signal).toBe('SIGKILL');
    const grandchild = await readPid(logFile);
    await waitFor(() => !isAlive(grandchild) || undefined, { what: 'the end of the orphan', timeoutMs: 5000 });
  });

  it('says why it ended, with the end of its log', async () => {
    const managed = startProcess({
      name: 'broken',
      command: 'sh',
      args: ['-c', 'echo no disk; exit 4'],
      logFile: newLog(),
    });
    expect(await managed.exited).toBe(4);
    expect(managed.whyEnded()).toBe('broken ended with exit code 4\nno disk');
    await managed.end();
  });

  it('that cannot be started is an error that names it', () => {
    expect(() => startProcess({ name: 'ghost', command: 'no-such-program', args: [] })).toThrow(/ghost/);
  });
});
