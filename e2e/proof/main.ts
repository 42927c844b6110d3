/**
 * `npm run proof`: claims that take too long for every test run, each proven by a program of its own whose exit code is 0 only
 * when the claim held. Directly: `node e2e/proof/main.ts`.
 */
import { runUntilSignal } from '#e2e/harness/run-until.ts';
import { run } from '#e2e/harness/stages.ts';

const PROOFS: readonly { readonly claim: string; readonly file: string }[] = [
  {
    claim: 'the model of version sets and a real server never differ over random operations',
    file: 'version-set-model.ts',
  },
  {
    claim: 'no fault between plan and outcome applies a change twice, or leaves it without its true outcome',
    file: 'change-faults.ts',
  },
  { claim: 'a second writer is always noticed, and no wrong state shown as right', file: 'change-interleavings.ts' },
  {
    claim: 'what is called safe the SDKs’ own replayers replay, and runs named as breaking they do not',
    file: 'real-replay.ts',
  },
  { claim: 'an answer costs few calls, counted on the wire', file: 'verdict-calls.ts' },
  { claim: 'the verdict calls no change safe that breaks a run', file: '../oracle/main.ts' },
  {
    claim: 'no committed entry of the record is lost, and its chain is whole, however often its writers are killed',
    file: 'record-kills.ts',
  },
  { claim: 'inspect reads histories of 200 MB within 1 GB of memory, and counts right', file: 'inspect-memory.ts' },
];

await runUntilSignal(async (signal) => {
  const failed: string[] = [];
  for (const { claim, file } of PROOFS) {
    if (signal.aborted) break;
    console.log(`\n=== ${claim} ===`);
    if ((await run(file, [`e2e/proof/${file}`])) !== 0) failed.push(claim);
  }
  for (const claim of failed) console.log(`NOT PROVEN: ${claim}`);
  console.log(`${PROOFS.length - failed.length} of ${PROOFS.length} claims proven`);
  return failed.length === 0 ? 0 : 1;
});
