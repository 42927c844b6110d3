import { describe, expect, it } from 'vitest';
import type { ChangeOutcome } from '#lib/domain/change-plan/types.ts';
import {
  type HistoryItem,
  historyOpening,
  itemWords,
  STATE_MARKS,
  stateOf,
  takenUpMark,
} from '#lib/format/history-words.ts';
import { phraseText } from '#lib/format/phrase.ts';

const NOW = Date.UTC(2026, 10, 23, 20, 0, 0);
const ago = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();
type Made = Extract<HistoryItem, { kind: 'change' }>;
const change = (outcome: ChangeOutcome | null, over: Partial<Made> = {}): Made => ({
  kind: 'change',
  taskQueue: 'orders',
  operation: { kind: 'promote-set', buildId: 'cafe' },
  undoOf: null,
  outcome,
  takenUp: { is: true, buildId: 'cafe' },
  startedAt: ago(1),
  ...over,
});
const outside = (hours = 1, taskQueue = 'orders'): HistoryItem => ({ kind: 'outside', taskQueue, to: ago(hours) });
const opening = (items: readonly HistoryItem[], hasMore = false) => {
  const { meaning, phrase } = historyOpening(items, hasMore, NOW);
  return { meaning, words: phraseText(phrase) };
};

describe('historyOpening', () => {
  it('says how much changed within a day and how the last change ended', () => {
    expect(opening([change('verified'), change('verified'), change('verified', { startedAt: ago(30) })])).toEqual({
      meaning: null,
      words: '2 changes in the last 24 hours; the last one, “Make the set of cafe queue default” on orders, is stored.',
    });
    expect(opening([change('verified', { startedAt: ago(30) })]).words).toMatch(/^No change in the last 24 hours; /);
    expect(opening([])).toEqual({ meaning: null, words: 'No change is on record.' });
  });

  it('tells attempts that wrote nothing from changes, and claims no total that was not read', () => {
    expect(opening([change('refused'), change('verified')]).words).toBe(
      '1 change and 1 attempt that wrote nothing in the last 24 hours; the last one, “Make the set of cafe queue default” on orders, was refused.',
    );
    expect(opening([change('conflict')]).words).toMatch(/^No change in the last 24 hours, but 1 attempt /);
    expect(opening([change('verified')], true).words).toMatch(/^At least 1 change in/);
    expect(opening([change('verified'), change('verified', { startedAt: ago(30) })], true).words).toMatch(
      /^1 change in/,
    );
  });

  it.each([
    ['settling, however old', [change(null, { startedAt: ago(40) })], 'is still settling'],
    ['unconfirmed', [change('unconfirmed')], 'Look at the sets of orders: what was written there is not known.'],
    ['overtaken', [change('superseded')], 'Look at the sets of orders: they are not as planned.'],
    ['made elsewhere', [outside()], 'was made outside Patchboard, on orders.'],
    ['made elsewhere earlier', [change('verified'), outside()], '1 change was made outside Patchboard.'],
    [
      'not taken up',
      [change('verified', { takenUp: { is: false, buildId: 'cafe' } })],
      'No worker has taken up the last change of orders.',
    ],
  ])('wants attention for what is %s', (_what, items, words) => {
    const said = opening(items);
    expect(said.meaning).toBe('attention');
    expect(said.words).toContain(words);
  });

  it('names three queues at most', () => {
    const lost = ['a', 'b', 'c', 'd', 'e'].map((taskQueue) => change('unconfirmed', { taskQueue }));
    expect(opening(lost).words).toContain('Look at the sets of a, b, c and 2 other queues: ');
  });

  it('says a thing once, and lets a later change of the queue answer an earlier one', () => {
    expect(opening([outside()]).words).toBe(
      '1 change in the last 24 hours; the last was made outside Patchboard, on orders.',
    );
    expect(opening([change('verified'), change('unconfirmed')]).meaning).toBe(null);
    expect(opening([change('refused'), change('unconfirmed')]).meaning).toBe('attention');
    expect(opening([change('verified', { taskQueue: 'mail' }), change('unconfirmed')]).words).toContain(
      'Look at the sets of orders',
    );
    expect(opening([change('verified', { startedAt: ago(30) }), outside(40)]).meaning).toBe(null);
  });
});

describe('an item’s marks', () => {
  it('are green only where Temporal holds what was wished', () => {
    const green = Object.entries(STATE_MARKS).flatMap(([state, { meaning }]) => (meaning === 'safe' ? [state] : []));
    expect(green).toEqual(['verified', 'already-so']);
    expect(STATE_MARKS[stateOf(change(null))].meaning).toBe('attention');
  });

  it('keep “stored” and “taken up” apart', () => {
    expect(takenUpMark(change('verified'))?.meaning).toBe('safe');
    expect(takenUpMark(change('verified', { takenUp: { is: null, buildId: 'cafe' } }))?.meaning).toBe('unknown');
    expect(takenUpMark(change('verified', { takenUp: { is: null, buildId: null } }))).toBe(null);
    expect(takenUpMark(change('refused', { takenUp: { is: null, buildId: 'cafe' } }))).toBe(null);
    expect(takenUpMark(outside())).toBe(null);
  });

  it('say that it was an undo by what it did, with hidden characters as escapes', () => {
    const operation = { kind: 'promote-set', buildId: 'a\u202eb' } as const;
    expect(itemWords(change('verified', { undoOf: 'c1', operation }))).toBe(
      'Make the set of a\\u{202e}b queue default (undo)',
    );
  });
});
