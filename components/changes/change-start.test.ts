import { describe, expect, it } from 'vitest';
import { type ChangeStart, nextAfter, operationOf, titleOf, wishOf } from '#components/changes/change-start.ts';
import { exampleChange } from '#components/changes/testing/examples.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';

const promote: VersionSetOperation = { kind: 'promote-set', buildId: 'beef' };
const add: VersionSetOperation = { kind: 'add-new-default', buildId: 'f00d' };
const series = (at: number): ChangeStart => ({ kind: 'series', operations: [add, promote], at, reason: 'deploy' });

describe('how a change begins', () => {
  it('asks for the operation as the form has it, for a step of a series, or for the taking back of a change', () => {
    expect(wishOf({ kind: 'choose', operation: add }, { ...add, buildId: 'other' })).toEqual({
      ...add,
      buildId: 'other',
    });
    expect(operationOf(series(1))).toEqual(promote);
    const undo: ChangeStart = { kind: 'undo', change: exampleChange() };
    expect(wishOf(undo, promote)).toEqual({ undoOf: 'c1' });
    expect(titleOf(undo, null).title).toBe('Undo: Make the set of beef queue default');
    expect(titleOf({ kind: 'choose', operation: promote }, null).title).toBe('Promote a set for new runs');
    expect(titleOf({ kind: 'choose', operation: promote }, promote).title).toBe('Make the set of beef queue default');
    expect(titleOf(series(1), null).title).toBe('Step 2 of 2: Make the set of beef queue default');
  });

  it('goes through a series to its end', () => {
    expect(nextAfter(series(0), null)).toEqual({ words: 'Next: step 2 of 2', start: series(1) });
    expect(nextAfter(series(1), null)).toBe(null);
    expect(nextAfter({ kind: 'choose', operation: add }, null)).toBe(null);
  });

  it('takes a change of two facts back in two steps, and one of one in one', () => {
    const before = [{ buildIds: ['beef'] }, { buildIds: ['cafe'] }];
    const operation = {
      kind: 'add-new-compatible',
      newBuildId: 'beef2',
      existingBuildId: 'beef',
      asQueueDefault: true,
    } as const;
    const undo: ChangeStart = { kind: 'undo', change: exampleChange({ operation, before }) };
    const half = [{ buildIds: ['beef', 'beef2'] }, { buildIds: ['cafe'] }];
    expect(nextAfter(undo, half)).toEqual({ words: 'Next: step 2 of 2', start: undo });
    expect(nextAfter(undo, [{ buildIds: ['beef2', 'beef'] }, { buildIds: ['cafe'] }])).toBe(null);
    expect(nextAfter({ kind: 'undo', change: exampleChange() }, before)).toBe(null);
  });
});
