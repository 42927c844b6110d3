/**
 * The claim: whatever strikes between plan and outcome, no change is applied twice, none is called a success that was not read back, and each
 * has its true outcome soon after Temporal can be reached again. Real servers, Toxiproxy, a frontend that plays false, processes that are
 * killed; judged by what came over the wire and by Temporal's own client. Exit code 0 only when nothing was otherwise.
 */
import { parseArgs } from 'node:util';
import { reportOf } from '#e2e/faults/fault-report.ts';
import { proveInterruptions, proveKills, proveRestarts } from '#e2e/faults/prove-faults.ts';
import { runUntilSignal } from '#e2e/harness/run-until.ts';

/** Three of ten faults strike a write that was applied before its reply came. */
const APPLIED_SHARE_MIN = 0.3;
const FAULTS_MIN = 2_000;

const { values } = parseArgs({ options: { each: { type: 'string' } } });
const each = Number(values.each ?? 50);

await runUntilSignal(async () => {
  const startedMs = performance.now();
  const say = (text: string) =>
    console.log(`${((performance.now() - startedMs) / 1000).toFixed(0).padStart(4)} s  ${text}`);
  const options = { each, eachApplied: Math.ceil(each * 2.3), lanes: 40, say };
  const proofs = [await proveInterruptions(options), await proveRestarts(options), await proveKills(options)];
  const { lines, failures } = reportOf(proofs, APPLIED_SHARE_MIN);
  for (const line of lines) console.log(line);
  for (const failure of failures) console.log(`FAILED ${failure}`);
  say('done');
  const count = proofs.reduce((total, { ended }) => total + ended.length, 0);
  return failures.length === 0 && (values.each !== undefined || count >= FAULTS_MIN) ? 0 : 1;
});
