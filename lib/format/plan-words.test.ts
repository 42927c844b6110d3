import { describe, expect, it } from 'vitest';
import { noteWords, operationWords } from '#lib/format/plan-words.ts';

describe('noteWords', () => {
  it.each([
    [{ code: 'open-runs-move', buildId: 'b', count: 1 }, '1 open run will be served by b.'],
    [{ code: 'open-runs-move', buildId: 'b', count: 1_400 }, '1,400 open runs will be served by b.'],
    [{ code: 'open-runs-stay', buildId: 'b', count: 1 }, '1 open run stays with b.'],
    [{ code: 'new-runs-stay', buildId: null, count: null }, 'New runs keep going to unversioned workers.'],
    [{ code: 'unregistered-pollers', buildId: 'x', count: 2 }, 'x is in no set: 2 workers poll with it in vain.'],
  ] as const)('%j', (note, words) => {
    expect(noteWords(note)).toBe(words);
  });

  it('never words an unknown count as a number', () => {
    expect(noteWords({ code: 'open-runs-move', buildId: 'b', count: null })).toMatch(/^An unknown number/);
  });

  it('shows a build ID that could hide or reorder text', () => {
    expect(noteWords({ code: 'new-runs-go-to', buildId: 'a\u202eb\n', count: null })).toContain('a\\u{202e}b\\n');
    expect(operationWords({ kind: 'promote-set', buildId: '\u200b' })).toContain('\\u{200b}');
  });
});
