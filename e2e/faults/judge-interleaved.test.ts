import { expect, it } from 'vitest';
import type { Interleaved } from '#e2e/faults/interleave.ts';
import { judgeInterleaved } from '#e2e/faults/judge-interleaved.ts';
import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import type { ChangeOutcome } from '#lib/domain/change-plan/types.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

const sets = (...lists: string[][]): VersionSets => ({ sets: lists.map((buildIds) => ({ buildIds })) });
const before = sets(['a'], ['b']);
const planned = sets(['b'], ['a']);
const foreign = sets(['a'], ['b'], ['z']);
const both = sets(['b'], ['z'], ['a']);

/** What a change that ended so says; only what the judge looks at is there. */
function changeOf(outcome: ChangeOutcome, shown: VersionSets): ChangeDetail {
  const said: Partial<ChangeDetail> = {
    outcome,
    stored: { is: outcome === 'verified' || outcome === 'already-so', at: null },
    after: shown.sets.map(({ buildIds }) => ({ buildIds: [...buildIds] })),
  };
  return said as ChangeDetail;
}

function met(
  point: Interleaved['point'],
  outcome: ChangeOutcome,
  state: VersionSets,
  over: Partial<Interleaved> = {},
): Interleaved {
  return {
    taskQueue: 'q',
    point,
    ours: { kind: 'promote-set', buildId: 'a' },
    theirs: { kind: 'add-new-default', buildId: 'z' },
    before,
    planned,
    state,
    afterTheirs: foreign,
    change: changeOf(outcome, state),
    writes: 1,
    isTaken: true,
    ...over,
  };
}

const EARLY = { writes: 0, isTaken: false };

it.each([
  ['detected', met('before the digest check', 'conflict', foreign, EARLY)],
  ['detected', met('between check and call', 'superseded', both)],
  ['detected', met('between check and call', 'refused', foreign, { isTaken: false })],
  ['detected', met('between call and read-back', 'superseded', both)],
  ['as planned', met('between check and call', 'verified', planned, { afterTheirs: planned })],
  ['taken back', met('between call and read-back', 'unconfirmed', before)],
  ['wrong state shown', met('between call and read-back', 'verified', both)],
  [
    'wrong state shown',
    met('between call and read-back', 'superseded', both, { change: changeOf('superseded', planned) }),
  ],
  ['wrong state shown', met('before the digest check', 'already-so', foreign, EARLY)],
  ['undetected', met('before the digest check', 'conflict', foreign)],
  ['undetected', met('before the digest check', 'superseded', both)],
  ['undetected', met('between check and call', 'superseded', planned)],
  ['undetected', met('between check and call', 'unconfirmed', both)],
  ['undetected', met('between call and read-back', 'not-applied', before)],
  ['undetected', met('between call and read-back', 'refused', foreign)],
  ['undetected', met('between call and read-back', 'superseded', both, { change: null })],
] as const)('%s: %j', (verdict, one) => {
  expect(judgeInterleaved(one)).toBe(verdict);
});
