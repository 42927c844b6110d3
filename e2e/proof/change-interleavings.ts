/**
 * The claim: a second writer that changes a queue before, during or after a change of Patchboard is always noticed, and no wrong state is shown as
 * right. Random operations of both on a real server; what is true is read by Temporal's own client, and from a twin queue on which nobody comes in
 * between (`e2e/faults/judge-interleaved.ts` says what counts as what). Exit code 0 only when nothing was otherwise.
 */
import { parseArgs } from 'node:util';
import { proveInterleavings } from '#e2e/faults/prove-interleavings.ts';
import { runUntilSignal } from '#e2e/harness/run-until.ts';

/** 501 meetings, a third at each point. */
const EACH = 167;
const HANDS = 24;

const { values } = parseArgs({ options: { each: { type: 'string' } } });

await runUntilSignal(async () => {
  const { lines, failures } = await proveInterleavings(Number(values.each ?? EACH), HANDS);
  for (const line of lines) console.log(line);
  for (const failure of failures) console.log(`FAILED ${failure}`);
  return failures.length === 0 ? 0 : 1;
});
