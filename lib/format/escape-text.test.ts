import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText } from '#lib/format/escape-text.ts';

/** Written out a second time, by code point: controls, zero-width and bidirectional characters, the byte order mark. */
const HIDDEN = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2066, 0x2069],
  [0xfeff, 0xfeff],
].flatMap(([from = 0, to = 0]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));

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
        const left = Array.from(escapeText(text), (character) => character.codePointAt(0) ?? 0).filter((code) =>
          HIDDEN.includes(code),
        );
        expect(left).toEqual([]);
      }),
    );
  });
});
