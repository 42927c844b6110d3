/**
 * Brings up a server and a worker, prints what it started as one JSON line, and holds until a signal. For
 * `ctrl-c.itest.ts`, and for a look by hand: `node scripts/run.mjs e2e/harness/hold.ts`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createGuide } from './guide.ts';
import { runUntilSignal } from './run-until.ts';
import { startTemporalServer } from './temporal-server.ts';

const HOLD_MS = 2 ** 31 - 1;

await runUntilSignal(async () => {
  const server = await startTemporalServer({ version: 'newest' });
  const guide = await createGuide(server.address);
  const worker = await guide.startWorker({ taskQueue: 'held', stage: 1 });
  const { address, ports } = server;
  console.log(JSON.stringify({ holds: true, address, ports, pids: [process.pid, server.pid, worker.pid] }));
  await sleep(HOLD_MS);
  return 0;
});
