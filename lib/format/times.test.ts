import { describe, expect, it } from 'vitest';
import { formatAbsolute } from '#lib/format/absolute-time.ts';
import { formatDuration, formatRelative } from '#lib/format/relative-time.ts';
import { isPolling } from '#lib/format/poll-words.ts';
import { formatSpan } from '#lib/format/time-span.ts';

const NOW = Date.UTC(2026, 10, 23, 20, 36, 3);

describe('formatDuration', () => {
  it.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h'],
    [47 * 3_600_000, '47 h'],
    [48 * 3_600_000, '2 d'],
  ])('%i ms is %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});

describe('formatRelative', () => {
  it.each([
    [0, 'just now'],
    [-9_999, 'just now'],
    [9_999, 'just now'],
    [-40_000, '40 s ago'],
    [90_000, 'in 1 min'],
  ])('%i ms from now is %s', (offset, words) => {
    expect(formatRelative(NOW + offset, NOW)).toBe(words);
  });
});

describe('formatAbsolute', () => {
  it('names the time zone', () => {
    expect(formatAbsolute(NOW, 'UTC')).toBe('23 Nov 2026, 20:36:03 UTC');
    expect(formatAbsolute(NOW, 'Europe/Berlin')).toBe('23 Nov 2026, 21:36:03 CET');
  });

  it('writes midnight as 00', () => {
    expect(formatAbsolute(Date.UTC(2026, 0, 2), 'UTC')).toBe('2 Jan 2026, 00:00:00 UTC');
  });
});

describe('isPolling', () => {
  it('believes a poll of the last minute or so, and no older one', () => {
    const at = (ageMs: number) => new Date(NOW - ageMs).toISOString();
    expect(isPolling(at(60_000), NOW)).toBe(true);
    expect(isPolling(at(120_000), NOW)).toBe(false);
    expect(isPolling(null, NOW)).toBe(false);
  });
});

describe('formatSpan', () => {
  it('names day and zone once within a day, and both moments over midnight', () => {
    expect(formatSpan(NOW, NOW + 38_000, 'UTC')).toBe('20:36:03 and 20:36:41 UTC, 23 Nov 2026');
    expect(formatSpan(NOW, NOW + 4 * 3_600_000, 'UTC')).toBe('23 Nov 2026, 20:36:03 UTC and 24 Nov 2026, 00:36:03 UTC');
  });

  it('names both where the clocks change', () => {
    const before = Date.UTC(2026, 9, 25, 0, 30, 0);
    expect(formatSpan(before, before + 3_600_000, 'Europe/Berlin')).toBe(
      '25 Oct 2026, 02:30:00 CEST and 25 Oct 2026, 02:30:00 CET',
    );
  });
});
