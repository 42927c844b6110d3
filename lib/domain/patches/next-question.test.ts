import { describe, expect, it } from 'vitest';
import { nextQuestion } from '#lib/domain/patches/next-question.ts';

describe('nextQuestion', () => {
  it.each([
    ['core', 'introduced', 'deprecate'],
    ['core', 'ready-to-deprecate', 'deprecate'],
    ['core', 'deprecating', 'remove'],
    ['core', 'ready-to-remove', 'remove'],
    ['core', 'not-carried', 'deprecate'],
    ['version', 'introduced', 'raise-min'],
    ['version', 'gone', 'drop-call'],
  ] as const)('%s, %s: %s', (kind, stage, question) => {
    expect(nextQuestion(kind, stage, [])).toBe(question);
  });

  it('is the last step where no run carries the patch and that step is safe', () => {
    const answers = [
      { question: 'deprecate', answer: 'unknown' },
      { question: 'remove', answer: 'safe' },
    ] as const;
    expect(nextQuestion('core', 'not-carried', answers)).toBe('remove');
    expect(nextQuestion('core', 'introduced', answers)).toBe('deprecate');
  });
});
