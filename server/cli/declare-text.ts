import { toFactClaim } from '#lib/api/declarations/claim.ts';
import type { Declaration } from '#lib/api/declarations/schemas.ts';
import { claimWords } from '#lib/format/declare-words.ts';
import { escapeText } from '#lib/format/escape-text.ts';

/** Declarations for a person: the claim, who made it and when, and how it ended. Text of others is escaped. */
export function declarationsText(declarations: readonly Declaration[]): string {
  return declarations.map(declarationText).join('\n');
}

function declarationText({ id, claim, declaredBy, declaredAt, note, withdrawn, isConfigured }: Declaration): string {
  const lines = [
    claimWords(toFactClaim(claim)),
    isConfigured
      ? `  set in ${escapeText(note)}`
      : `  ${escapeText(id)}, declared by ${escapeText(declaredBy)} at ${declaredAt}`,
  ];
  if (note !== '' && !isConfigured) lines.push(`  note: ${escapeText(note)}`);
  if (withdrawn !== null) lines.push(`  withdrawn by ${escapeText(withdrawn.by)} at ${withdrawn.at}`);
  return lines.map((line) => `${line}\n`).join('');
}
