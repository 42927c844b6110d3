import { describe, expect, it } from 'vitest';
import { type Ended, judge, LIE, type Problem } from '#e2e/faults/judge.ts';
import type { WireCall } from '#e2e/faults/wire-tap.ts';
import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import type { ChangeOutcome } from '#lib/domain/change-plan/types.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

const LIMIT_MS = 1_000;
const HEALED_MS = Date.UTC(2026, 0, 1);

const sets = (...lists: string[][]): VersionSets => ({ sets: lists.map((buildIds) => ({ buildIds })) });
const before = sets(['a'], ['b']);
const after = sets(['b'], ['a']);

const call = (kind: WireCall['kind'], atMs: number, isOk = true): WireCall => ({
  taskQueue: 'q',
  kind,
  atMs,
  isOk,
  answeredMs: isOk ? atMs + 1 : null,
});
const READ_BACK = [call('read', 1), call('write', 2), call('read', 3)];

/** What a change that ended so says; only what the judge looks at is there. */
function changeOf(outcome: ChangeOutcome | null, shown: VersionSets | null, endedAfterMs = 500): ChangeDetail {
  const endedAt = outcome === null ? null : new Date(HEALED_MS + endedAfterMs).toISOString();
  const said: Partial<ChangeDetail> = {
    id: 'c',
    outcome,
    endedAt,
    stored: { is: outcome === 'verified' ? true : null, at: endedAt },
    after: shown && shown.sets.map(({ buildIds }) => ({ buildIds: [...buildIds] })),
  };
  return said as ChangeDetail;
}

function ended(outcome: ChangeOutcome | null, state: VersionSets, over: Partial<Ended> = {}): Ended {
  const change = over.change === undefined ? changeOf(outcome, state) : over.change;
  return {
    taskQueue: 'q',
    wish: { planId: 'p', confirm: true, idempotencyKey: 'k' },
    phase: 'between send and reply, applied',
    fault: 'a fault',
    scenario: { operation: { kind: 'promote-set', buildId: 'a' }, before, after },
    healedMs: HEALED_MS,
    state,
    sent: 1,
    sentAtLast: 1,
    answers: ['c', 'c', 'c'],
    calls: READ_BACK,
    lastState: state,
    lastChange: over.lastChange === undefined ? change : over.lastChange,
    ...over,
    change,
  };
}

const problemsOf = (one: Ended): Problem[] => judge(one, LIMIT_MS).map(({ problem }) => problem);

describe('the judge of a struck change', () => {
  it.each([
    ['verified and there', ended('verified', after)],
    ['not applied and not there', ended('not-applied', before)],
    ['a lie, unconfirmed', ended('unconfirmed', before, { fault: LIE })],
    ['refused by Temporal', ended('refused', before, { calls: [call('read', 1), call('write', 2, false)] })],
    [
      'unconfirmed, then there',
      ended('unconfirmed', before, { lastChange: changeOf('verified', after), lastState: after }),
    ],
    ['unconfirmed, then not there', ended('unconfirmed', before, { lastChange: changeOf('not-applied', before) })],
  ])('finds nothing wrong with: %s', (_, one) => {
    expect(judge(one, LIMIT_MS)).toEqual([]);
  });

  it.each([
    ['two writes at the door', 'applied twice', ended('verified', after, { calls: [...READ_BACK, call('write', 4)] })],
    ['two writes sent', 'applied twice', ended('verified', after, { sent: 2, sentAtLast: 2 })],
    ['a write when asked again', 'applied twice', ended('verified', after, { sentAtLast: 2 })],
    ['another change for the key', 'another answer to the same key', ended('verified', after, { answers: ['c', 'd'] })],
    ['no change for the key', 'another answer to the same key', ended('verified', after, { answers: ['c', null] })],
    ['no outcome', 'no outcome in time', ended(null, after)],
    ['a late outcome', 'no outcome in time', ended('verified', after, { change: changeOf('verified', after, 1_001) })],
    ['verified, not there', 'success without a read-back that shows it', ended('verified', before)],
    [
      'verified, shows other sets',
      'success without a read-back that shows it',
      ended('verified', after, { change: changeOf('verified', before) }),
    ],
    [
      'verified, not read since',
      'success without a read-back that shows it',
      ended('verified', after, { calls: READ_BACK.slice(0, 2) }),
    ],
    [
      'verified, reading failed',
      'success without a read-back that shows it',
      ended('verified', after, { calls: [...READ_BACK.slice(0, 2), call('read', 3, false)] }),
    ],
    ['already so, never', 'success without a read-back that shows it', ended('already-so', after)],
    ['not applied, there', 'a word that is not true', ended('not-applied', after)],
    ['not applied, there later', 'a word that is not true', ended('not-applied', before, { lastState: after })],
    ['unconfirmed for ever', 'a word that is not true', ended('unconfirmed', before)],
    ['refused, there', 'a word that is not true', ended('refused', after)],
    ['superseded by nobody', 'a word that is not true', ended('superseded', after)],
    ['conflict with nobody', 'a word that is not true', ended('conflict', before)],
  ] as const)('finds: %s', (_, problem, one) => {
    expect(problemsOf(one)).toContain(problem);
  });
});
