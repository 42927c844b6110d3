import { INVISIBLE } from '#lib/format/escape-text.ts';

/**
 * Any text as one word of a POSIX shell. What could hide, reorder or act in a terminal is written as octal bytes for `printf`, so that a
 * line reads as what it does. A zero byte cannot be given to a program at all.
 */
export function shellQuote(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('-')) return text;
  const quoted = text.split(HIDDEN).map((part, index) => (index % 2 === 1 ? printed(part) : literal(part)));
  return quoted.join('') || "''";
}

/** Newlines stay as they are: command substitution would drop them at the end. */
const HIDDEN = new RegExp(`((?:(?!\\n)${INVISIBLE.source})+)`, 'u');

function literal(text: string): string {
  return text === '' ? '' : `'${text.replaceAll("'", `'\\''`)}'`;
}

function printed(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => `\\${byte.toString(8).padStart(3, '0')}`);
  return `"$(printf '${bytes.join('')}')"`;
}
