import { describe, expect, it } from 'vitest';
import { storedFact, takenUpFact } from '#components/changes/facts.ts';
import { isUndoable } from '#components/changes/is-undoable.ts';
import { nextStepAfter } from '#components/changes/next-step.ts';
import { exampleChange, exampleOutside } from '#components/changes/testing/examples.ts';
import { isSettled } from '#lib/api/changes/is-settled.ts';
import { changePollMs } from '#lib/api/changes/queries.ts';
import { ERROR_STATUS, type ErrorCode } from '#lib/api/shared/errors.ts';
import { applyWords } from '#lib/format/change-words.ts';

const change = exampleChange();

describe('a change on its way', () => {
  it('is asked for until both facts are known', () => {
    expect(isSettled({ ...change, outcome: null })).toBe(false);
    expect(isSettled(change)).toBe(false);
    expect(isSettled({ ...change, takenUp: { ...change.takenUp, is: true } })).toBe(true);
    expect(isSettled({ ...change, takenUp: { ...change.takenUp, is: false } })).toBe(true);
  });

  it('is settled when nothing will be taken up', () => {
    expect(isSettled({ ...change, takenUp: { ...change.takenUp, buildId: null } })).toBe(true);
    expect(isSettled({ ...change, outcome: 'not-applied', stored: { is: false, at: null } })).toBe(true);
    expect(isSettled({ ...change, outcome: 'unconfirmed', stored: { is: null, at: null } })).toBe(true);
  });

  it('that is unconfirmed is asked for on, less often: a last outcome may come within minutes', () => {
    expect(changePollMs({ ...change, outcome: 'unconfirmed', stored: { is: null, at: null } })).toBe(5_000);
    expect(changePollMs({ ...change, outcome: 'not-applied', stored: { is: false, at: null } })).toBe(false);
    expect(changePollMs({ ...change, outcome: null })).toBe(1_000);
    expect(changePollMs(undefined)).toBe(1_000);
  });

  it('keeps “stored” and “taken up” apart', () => {
    expect(storedFact(change).meaning).toBe('safe');
    expect(takenUpFact(change).meaning).toBe('unknown');
    expect(takenUpFact({ ...change, takenUp: { ...change.takenUp, is: false } }).meaning).toBe('attention');
    expect(takenUpFact({ ...change, takenUp: { ...change.takenUp, is: true } }).meaning).toBe('safe');
  });

  it('calls nothing stored that was not read back', () => {
    for (const outcome of [null, 'unconfirmed'] as const) {
      expect(storedFact({ outcome, stored: { is: null, at: null } }).meaning).toBe('unknown');
    }
    expect(storedFact({ outcome: 'superseded', stored: { is: false, at: null } }).meaning).toBe('blocked');
  });
});

describe('the next step after an error', () => {
  it('is a new plan where the queue moved on', () => {
    expect(nextStepAfter('changed-since-plan')).toBe('plan-again');
    expect(nextStepAfter('plan-expired')).toBe('plan-again');
    expect(nextStepAfter('not-confirmed')).toBe('plan-again');
  });

  it('never says “nothing was written” where the write may have landed', () => {
    const unclear: ErrorCode[] = [
      'ambiguous-write',
      'deadline-exceeded',
      'temporal-unreachable',
      'aborted',
      'internal',
    ];
    for (const code of [...unclear, 'unreachable', 'unreadable'] as const)
      expect(nextStepAfter(code)).toBe('ask-again');
  });

  it('knows every code', () => {
    for (const code of Object.keys(ERROR_STATUS) as ErrorCode[]) expect(nextStepAfter(code)).toBeTypeOf('string');
  });
});

describe('the way back', () => {
  it('is offered for what is stored and can be restored', () => {
    expect(isUndoable(change)).toBe(true);
    expect(isUndoable(exampleOutside())).toBe(false);
    for (const outcome of [
      null,
      'already-so',
      'refused',
      'conflict',
      'superseded',
      'not-applied',
      'unconfirmed',
    ] as const) {
      expect(isUndoable(exampleChange({ outcome }))).toBe(false);
    }
  });

  it('is not offered where Temporal has none', () => {
    const merge = { kind: 'merge-sets', primaryBuildId: 'cafe', secondaryBuildId: 'beef' } as const;
    expect(isUndoable(exampleChange({ operation: merge }))).toBe(false);
    expect(isUndoable(exampleChange({ operation: { kind: 'add-new-default', buildId: 'x' }, before: [] }))).toBe(false);
  });
});

describe('the last button', () => {
  it('is named after what it does', () => {
    expect(applyWords({ kind: 'promote-set', buildId: 'cafe0001' })).toBe('Promote cafe0001 for new runs');
    expect(applyWords({ kind: 'merge-sets', primaryBuildId: 'a', secondaryBuildId: 'b' })).toBe('Merge b into a');
  });

  it('stays short with the longest build ID and hides no character', () => {
    const words = applyWords({ kind: 'promote-within-set', buildId: `${'x'.repeat(200)}\u202e${'y'.repeat(50)}` });
    expect(words.length).toBeLessThan(60);
    expect(applyWords({ kind: 'add-new-default', buildId: 'a\u202eb' })).toBe('Add a\\u{202e}b for new runs');
  });
});
