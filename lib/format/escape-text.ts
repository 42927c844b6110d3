/**
 * Control, formatting and bidirectional characters, lone surrogates and line separators: everything that could hide or reorder
 * text. They become `\n`, `\t` or `\u{…}` so that two different names never look the same for their sake.
 */
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text from Temporal made safe to show on a page or a terminal. A backslash is doubled only where an escape is written beside it. */
export function escapeText(text: string): string {
  if (text.search(INVISIBLE) === -1) return text;
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(INVISIBLE, (character) => SHORT[character] ?? `\\u{${character.codePointAt(0)?.toString(16) ?? '?'}}`);
}
