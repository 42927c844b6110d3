/**
 * `npm run bench`: every figure of speed and memory, from one run. It measures and judges nothing: the exit code is 0 when all
 * could be measured, whatever came out, because a busy machine must not fail anything. Directly: `node e2e/bench/main.ts`.
 */
import { endAll } from '#e2e/harness/process.ts';
import { runUntilSignal } from '#e2e/harness/run-until.ts';
import { benchApp } from './app.ts';
import { benchCensus } from './census.ts';
import { benchChanges } from './changes.ts';
import { benchVerdict } from './verdict.ts';
import { benchPatchList } from './patch-list.ts';

const BENCHES: readonly [string, (signal: AbortSignal) => Promise<unknown>][] = [
  ['patch list', benchPatchList],
  ['census', benchCensus],
  ['app', benchApp],
  ['changes', benchChanges],
  ['verdict', benchVerdict],
];

await runUntilSignal(async (signal) => {
  let unmeasured = 0;
  for (const [name, bench] of BENCHES) {
    if (signal.aborted) break;
    console.log(`\n=== ${name} ===`);
    try {
      await bench(signal);
    } catch (error) {
      unmeasured += 1;
      console.error(`${name} could not be measured:`, error);
      await endAll();
    }
  }
  return unmeasured === 0 ? 0 : 1;
});
