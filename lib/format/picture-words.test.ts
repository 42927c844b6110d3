import { describe, expect, it } from 'vitest';
import { pictureState, readShare } from '#lib/format/picture-words.ts';

const NOW = Date.UTC(2026, 10, 23);
const whole = {
  to: new Date(NOW - 20_000).toISOString(),
  runsListed: 100,
  historiesRead: 100,
  isListComplete: true,
  trouble: null,
};

describe('pictureState', () => {
  it('is whole only when everything was read a short time ago', () => {
    expect(pictureState(whole, NOW)).toEqual({ words: 'Read 20 s ago', isWhole: true });
  });

  it.each([
    ['nothing known', null, 'Picture: age not known'],
    ['the first reading', { ...whole, to: null, runsListed: 1200 }, 'Partial: first reading, 1,200 runs so far'],
    ['a reader that stopped', { ...whole, trouble: 'Temporal is away.' }, 'Stale: read 20 s ago'],
    ['an old picture', { ...whole, to: new Date(NOW - 600_000).toISOString() }, 'Stale: read 10 min ago'],
    ['a list cut short', { ...whole, isListComplete: false }, 'Partial: not all runs listed'],
    ['histories left to read', { ...whole, historiesRead: 12 }, 'Partial: 12 % of histories read'],
  ])('says what %s lacks', (_name, picture, words) => {
    expect(pictureState(picture, NOW)).toEqual({ words, isWhole: false });
  });
});

describe('readShare', () => {
  it('never rounds up to all', () => {
    expect(readShare({ runsListed: 1000, historiesRead: 999 })).toBe('99 %');
    expect(readShare({ runsListed: 0, historiesRead: 0 })).toBe('100 %');
  });
});
