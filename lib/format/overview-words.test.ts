import { describe, expect, it } from 'vitest';
import { overviewOpening } from '#lib/format/overview-words.ts';

const patch = (answer: 'safe' | 'blocked' | 'unknown') =>
  ({ kind: 'core', stage: 'introduced', answers: [{ question: 'deprecate', answer }] }) as const;

describe('overviewOpening', () => {
  it('counts runs, busy queues and what may go', () => {
    const patches = [patch('unknown'), patch('blocked'), patch('unknown'), patch('safe')];
    expect(overviewOpening(patches, [{ openRuns: 7 }, { openRuns: 0 }, { openRuns: 1 }], true)).toEqual({
      meaning: null,
      words: '8 open runs on 2 task queues; the next step is safe for 1 patch, blocked for 1, unknown for 2.',
    });
  });

  it('never says none before a listing has ended', () => {
    expect(overviewOpening([], [], false).words).toMatch(/under way/);
    expect(overviewOpening([], [], true)).toEqual({ meaning: null, words: 'No run is open; none carries a patch.' });
  });

  it('has one meaning where all have it, and never safe where one is not', () => {
    expect(overviewOpening([patch('unknown')], [{ openRuns: 2 }], true).meaning).toBe('unknown');
    expect(overviewOpening([patch('safe')], [], true).meaning).toBe('safe');
    expect(overviewOpening([patch('safe'), patch('unknown')], [], true).meaning).toBeNull();
  });

  it('counts the answer of the next step alone', () => {
    const answers = [
      { question: 'deprecate', answer: 'blocked' },
      { question: 'remove', answer: 'safe' },
    ] as const;
    expect(overviewOpening([{ kind: 'core', stage: 'ready-to-remove', answers }], [], true).meaning).toBe('safe');
  });
});
