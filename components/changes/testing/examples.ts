import type { Change, OutsideChange } from '#lib/api/changes/schemas.ts';

const TWO_SETS = [{ buildIds: ['beef'] }, { buildIds: ['cafe'] }];

/** A promotion that is stored and not yet taken up. */
export function exampleChange(over: Partial<Change> = {}): Change {
  return {
    kind: 'change',
    id: 'c1',
    planId: 'p1',
    namespace: 'default',
    taskQueue: 'orders',
    operation: { kind: 'promote-set', buildId: 'beef' },
    reason: '',
    actor: 'browser',
    undoOf: null,
    outcome: 'verified',
    message: '',
    stored: { is: true, at: null },
    takenUp: { is: null, at: null, buildId: 'beef' },
    startedAt: '2026-11-23T20:00:00.000Z',
    endedAt: '2026-11-23T20:00:01.000Z',
    before: TWO_SETS,
    after: TWO_SETS.toReversed(),
    ...over,
  };
}

export function exampleOutside(over: Partial<OutsideChange> = {}): OutsideChange {
  return {
    kind: 'outside',
    id: 'o1',
    namespace: 'default',
    taskQueue: 'orders',
    from: '2026-11-23T19:59:00.000Z',
    to: '2026-11-23T20:00:00.000Z',
    before: TWO_SETS,
    after: [...TWO_SETS, { buildIds: ['intruder'] }],
    ...over,
  };
}
