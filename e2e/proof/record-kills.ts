/**
 * Proof: no entry of the record that was committed is lost, and its chain is whole, however often its writers are killed. Prints its figures.
 * Run from the checkout: `node e2e/proof/record-kills.ts` with Node 24.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWriters } from './kill-writers.ts';

const KILLS = 200;

const folder = await mkdtemp(join(tmpdir(), 'patchboard-kills-'));
try {
  const startedMs = performance.now();
  const figures = await killWriters(join(folder, 'store.db'), KILLS, new AbortController().signal);
  const { kills, shared, commits, lost, entries, problems } = figures;
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  console.log(
    `${kills} writers killed (${shared} beside others) in ${seconds} s: ${commits} committed entries, ${lost} lost; ` +
      `${entries} entries in the record, ${problems} problems`,
  );
  if (lost > 0 || problems > 0 || entries < commits) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
