import { expect, it } from 'vitest';
import { reportOf } from '#e2e/faults/fault-report.ts';
import {
  type FaultOptions,
  type FaultProof,
  proveInterruptions,
  proveKills,
  proveRestarts,
} from '#e2e/faults/prove-faults.ts';
import { proveInterleavings } from '#e2e/faults/prove-interleavings.ts';

/** The proofs of `npm run proof` with counts that end within a minute; the shares of the phases are not theirs. */
const SMALL: FaultOptions = { each: 1, eachApplied: 1, lanes: 12, say: () => undefined };

const failuresOf = (proof: FaultProof) => reportOf([proof], 0).failures;

it('gives every change its true outcome, whatever the network and a lying frontend do', async () => {
  expect(failuresOf(await proveInterruptions(SMALL))).toEqual([]);
});

it('gives every change its true outcome when the server dies and comes back', async () => {
  expect(failuresOf(await proveRestarts(SMALL))).toEqual([]);
});

it('gives every change its true outcome when Patchboard dies', async () => {
  expect(failuresOf(await proveKills(SMALL))).toEqual([]);
});

it('notices every second writer, and shows no wrong state as right', async () => {
  expect((await proveInterleavings(8, 8)).failures).toEqual([]);
});
