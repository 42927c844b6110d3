import type { Claim, Declaration } from '#lib/api/declarations/schemas.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';

/** May an answer about the patch rest on the claim? Claims about builds, queues and callbacks touch every patch. */
export function touchesPatch(claim: Claim, patch: PatchRef): boolean {
  switch (claim.kind) {
    case 'floor':
    case 'types':
    case 'replay-proof':
      return isSame(claim.patch, patch);
    case 'calls-together':
      return claim.patch === null || isSame(claim.patch, patch);
    case 'manifest':
      return claim.patches.some((entry) => isSame(entry, patch));
    case 'ids-name-one-code':
    case 'callback':
    case 'queues':
    case 'identity-confirmed':
      return true;
  }
}

function isSame(left: PatchRef, right: PatchRef): boolean {
  return left.kind === right.kind && left.id === right.id;
}

/** When the newest of these facts was made or withdrawn; null: there is none. Configured ones were always there. */
export function lastChange(facts: readonly Declaration[]): string | null {
  return facts.reduce<string | null>((last, { declaredAt, withdrawn, isConfigured }) => {
    const at = withdrawn?.at ?? (isConfigured ? null : declaredAt);
    return at !== null && (last === null || at > last) ? at : last;
  }, null);
}
