import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText } from '#lib/format/escape-text.ts';
import { ELLIPSIS, splitForMiddle, truncateMiddle } from '#lib/format/truncate-middle.ts';

const names = fc.string({ unit: 'binary', maxLength: 80 });
/** What a torn escape leaves at a cut: a backslash at the end, or the inside of `\u{…}` at the start. */
const TORN_HEAD = /(?:^|[^\\])(?:\\\\)*(?:\\|\\u\{[0-9a-f]*)$/;

describe('splitForMiddle', () => {
  it('loses nothing', () => {
    fc.assert(
      fc.property(names, (name) => {
        const text = escapeText(name);
        const { head, tail } = splitForMiddle(text);
        expect(head + tail).toBe(text);
      }),
    );
  });

  it('tears no escape', () => {
    const { head, tail } = splitForMiddle(`build-${'x'.repeat(20)}\\u{202e}abcdefg`);
    expect(tail).toBe('\\u{202e}abcdefg');
    expect(head).toBe(`build-${'x'.repeat(20)}`);
    fc.assert(
      fc.property(names, (name) => {
        const text = escapeText(name);
        // A lone backslash is text only where nothing is escaped.
        fc.pre(text !== name);
        const { head, tail } = splitForMiddle(text);
        if (tail !== '') expect(head).not.toMatch(TORN_HEAD);
      }),
    );
  });

  it('keeps an accent with its letter', () => {
    const { tail } = splitForMiddle(`${'a'.repeat(20)}e\u0301bcdefgh`);
    expect(tail).toBe('e\u0301bcdefgh');
  });

  it('leaves a short name whole', () => {
    expect(splitForMiddle('orders')).toEqual({ head: 'orders', tail: '' });
  });
});

describe('truncateMiddle', () => {
  it('keeps what fits', () => {
    expect(truncateMiddle('cafe0001', 8)).toBe('cafe0001');
  });

  it('cuts in the middle and says so', () => {
    expect(truncateMiddle('0123456789', 6)).toBe(`012${ELLIPSIS}89`);
  });

  it('never grows beyond its limit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{0,90}$/), fc.integer({ min: 3, max: 60 }), (text, max) => {
        const cut = truncateMiddle(text, max);
        expect(cut.length).toBe(Math.min(text.length, max));
        expect(cut.includes(ELLIPSIS)).toBe(text.length > max);
      }),
    );
  });
});
