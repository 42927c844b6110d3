import { describe, expect, it } from 'vitest';
import { overviewOpening } from '#lib/format/overview-words.ts';

const blocked = { answers: [{ answer: 'unknown' as const }, { answer: 'blocked' as const }] };
const open = { answers: [{ answer: 'unknown' as const }] };

describe('overviewOpening', () => {
  it('counts runs, busy queues and blocked patches', () => {
    expect(overviewOpening([blocked, open], [{ openRuns: 7 }, { openRuns: 0 }, { openRuns: 1 }], true)).toEqual({
      meaning: 'blocked',
      words: '8 open runs on 2 task queues; 1 of 2 patches cannot take their next step.',
    });
  });

  it('never says none before a listing has ended', () => {
    expect(overviewOpening([], [], false).words).toMatch(/under way/);
    expect(overviewOpening([], [], true)).toEqual({ meaning: null, words: 'No run is open; none carries a patch.' });
  });

  it('is unknown, not safe, when nothing blocks', () => {
    expect(overviewOpening([open], [{ openRuns: 2 }], true).meaning).toBe('unknown');
  });
});
