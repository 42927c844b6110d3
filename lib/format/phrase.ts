import { escapeText } from '#lib/format/escape-text.ts';

/** Words with names from Temporal in them: pages set the names in monospace, plain text has them escaped. */
export type Phrase = readonly (string | { readonly name: string })[];

export function phraseText(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === 'string' ? part : escapeText(part.name))).join('');
}
