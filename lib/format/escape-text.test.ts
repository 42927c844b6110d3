import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText } from '#lib/format/escape-text.ts';

describe('escapeText', () => {
  it('leaves readable text as it is', () => {
    expect(escapeText('my-patch/ü "quoted" \\ 100 %')).toBe('my-patch/ü "quoted" \\ 100 %');
  });

  it('shows control, right-to-left, zero-width and terminal escape characters', () => {
    expect(escapeText('a\nb\u202Ec\u200Bd\u001B[31m\uD800')).toBe('a\\nb\\u{202e}c\\u{200b}d\\u{1b}[31m\\u{d800}');
  });

  it('leaves nothing invisible in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.toMatch(
          /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u,
        );
      }),
    );
  });
});
