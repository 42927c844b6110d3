import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { isListening, waitFor } from './wait.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** What `ctrl-c.py` says, and what `hold.ts` printed. */
const ending = z.object({ line: z.string().nullable(), pids: z.array(z.int()), exitCode: z.int(), output: z.string() });
const held = z.object({ ports: z.array(z.int()), pids: z.array(z.int()) });

const SIGINT_EXIT = 130;
const START_LIMIT_MS = 100_000;
/** The watchdog ends a moment after the process that it watches over. */
const GONE_LIMIT_MS = 5_000;

async function isAlive(pid: number): Promise<boolean> {
  // A process that ended and that nobody collected yet is listed as a zombie (Z).
  const answer = await promisify(execFile)('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return answer.stdout.trim() !== '' && !answer.stdout.trim().startsWith('Z');
}

it('leaves no process and no listening port behind after Ctrl-C in a terminal', async () => {
  const command = [process.execPath, join(ROOT, 'scripts/run.mjs'), 'e2e/harness/hold.ts'];
  const { stdout } = await promisify(execFile)(
    'python3',
    [join(import.meta.dirname, 'ctrl-c.py'), '"holds"', ...command],
    {
      cwd: ROOT,
      timeout: START_LIMIT_MS,
    },
  );
  const { line, pids, exitCode, output } = ending.parse(JSON.parse(stdout));
  if (line === null) throw new Error(`the harness ended by itself:\n${output}`);
  const started = held.parse(JSON.parse(line));
  expect(exitCode).toBe(SIGINT_EXIT);
  expect(pids).toEqual(expect.arrayContaining(started.pids));
  // run.mjs, hold.ts, its watchdog, the Temporal server, the Python worker.
  expect(pids.length).toBeGreaterThanOrEqual(5);
  for (const pid of new Set([...pids, ...started.pids])) {
    await waitFor(async () => ((await isAlive(pid)) ? undefined : true), {
      what: `the end of process ${pid}`,
      timeoutMs: GONE_LIMIT_MS,
    });
  }
  for (const port of started.ports) expect(await isListening(port)).toBe(false);
});
