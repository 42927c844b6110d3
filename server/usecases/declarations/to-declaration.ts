import { fromFactClaim } from '#lib/api/declarations/claim.ts';
import type { Declaration } from '#lib/api/declarations/schemas.ts';
import type { StoredFact } from '#server/store/port.ts';
import { CONFIGURED } from '#server/usecases/declarations/standing-facts.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

/** A declared fact as it travels. */
export function toDeclaration({ id, declaredBy, declaredAtMs, note, claim, withdrawn }: StoredFact): Declaration {
  return {
    id,
    declaredBy,
    declaredAt: timestampOf(declaredAtMs),
    note,
    claim: fromFactClaim(claim),
    withdrawn: withdrawn === null ? null : { by: withdrawn.by, at: timestampOf(withdrawn.atMs) },
    isConfigured: id.startsWith(CONFIGURED),
  };
}
