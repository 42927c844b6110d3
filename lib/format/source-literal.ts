import { INVISIBLE } from '#lib/format/escape-text.ts';

/** Languages of the SDKs that know patches: the first four are of kind `core`, the others of kind `version`. */
export type Language = 'python' | 'typescript' | 'dotnet' | 'ruby' | 'go' | 'java' | 'php';

/** Any text as a string literal of the language, on one line, with nothing in it that hides or reorders. */
export function sourceLiteral(language: Language, text: string): string {
  const { quote, special, hidden } = RULES[language];
  // Ruby's single quotes know no escapes, so what needs one is written in double quotes.
  if (language === 'ruby' && text.search(INVISIBLE) === -1) return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
  const shown = text.replaceAll(special, String.raw`\$&`);
  return quote + shown.replaceAll(INVISIBLE, (character) => COMMON[character] ?? hidden(character)) + quote;
}

interface LiteralRules {
  readonly quote: string;
  /** What a backslash goes before. */
  readonly special: RegExp;
  /** An invisible character as an escape. */
  readonly hidden: (character: string) => string;
}

/** The same in all of them. */
const COMMON: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

const RULES: Readonly<Record<Language, LiteralRules>> = {
  python: { quote: '"', special: /["\\]/g, hidden: longEscape },
  typescript: { quote: "'", special: /['\\]/g, hidden: bracedEscape },
  dotnet: { quote: '"', special: /["\\]/g, hidden: longEscape },
  ruby: { quote: '"', special: /["\\#]/g, hidden: bracedEscape },
  go: { quote: '"', special: /["\\]/g, hidden: longEscape },
  java: { quote: '"', special: /["\\]/g, hidden: javaEscape },
  php: { quote: '"', special: /["\\$]/g, hidden: bracedEscape },
};

function longEscape(character: string): string {
  const code = codeOf(character);
  return code > 0xff_ff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

function bracedEscape(character: string): string {
  return `\\u{${codeOf(character).toString(16)}}`;
}

/** Java reads `\u` escapes before anything else, where a control character would end the line: those are octal. */
function javaEscape(character: string): string {
  const code = codeOf(character);
  if (code <= 0xff) return `\\${code.toString(8).padStart(3, '0')}`;
  return Array.from({ length: character.length }, (_, index) => `\\u${hex(character.charCodeAt(index), 4)}`).join('');
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
