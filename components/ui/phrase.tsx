import { IdentifierText } from '#components/ui/identifier.tsx';
import type { Phrase } from '#lib/format/phrase.ts';

/** A sentence whose names from Temporal look like names. */
export function PhraseText({ phrase }: { phrase: Phrase }) {
  return phrase.map((part, index) =>
    // oxlint-disable-next-line react/no-array-index-key -- the parts of one sentence, never reordered
    typeof part === 'string' ? part : <IdentifierText key={index} text={part.name} />,
  );
}
