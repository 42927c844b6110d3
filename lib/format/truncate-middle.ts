/** A character as a reader sees it: an escape as `escapeText` writes it, or a code point with its combining marks. */
const GLYPH = /(?:\\u\{[0-9a-f]+\}|\\.|.)\p{M}*/gsu;

/** The mark that stands for what was cut. */
export const ELLIPSIS = '…';

/** Glyphs kept at the end: build IDs and queue names mostly differ there. */
const TAIL_GLYPHS = 8;

/**
 * Splits escaped text so that a narrow place can hide the end of `head` behind an ellipsis and still show `tail`.
 * `head + tail` is the text; no escape and no accent is torn. A short text is all head.
 */
export function splitForMiddle(text: string): { readonly head: string; readonly tail: string } {
  const glyphs = text.match(GLYPH) ?? [];
  if (glyphs.length <= TAIL_GLYPHS * 2) return { head: text, tail: '' };
  return { head: glyphs.slice(0, -TAIL_GLYPHS).join(''), tail: glyphs.slice(-TAIL_GLYPHS).join('') };
}

/** At most `max` glyphs (3 or more), cut in the middle, for places that take plain text only: titles and options. */
export function truncateMiddle(text: string, max: number): string {
  const glyphs = text.match(GLYPH) ?? [];
  if (glyphs.length <= max) return text;
  const kept = Math.max(max, 3) - 1;
  const tail = Math.floor(kept / 2);
  return glyphs.slice(0, kept - tail).join('') + ELLIPSIS + glyphs.slice(glyphs.length - tail).join('');
}
