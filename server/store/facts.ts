import type { Kysely, Selectable } from 'kysely';
import { fromFactClaim, toFactClaim } from '#lib/api/declarations/claim.ts';
import { claimSchema } from '#lib/api/declarations/schemas.ts';
import type { DeclaredFact, FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import { parsedAs } from '#server/parsed-as.ts';
import type { StoredFact } from '#server/store/port.ts';
import { unavailable } from '#server/store/store-error.ts';
import type { Tables } from '#server/store/tables.ts';

/** Throws for a claim that could not be read back: one such row would make the namespace's facts unreadable. */
export async function declareFact(
  db: Kysely<Tables>,
  namespace: string,
  { id, declaredBy, declaredAtMs, note, claim }: DeclaredFact & { readonly note: string },
): Promise<void> {
  await db
    .insertInto('fact')
    .values({
      namespace,
      id,
      declared_by: declaredBy,
      declared_ms: declaredAtMs,
      note,
      claim: JSON.stringify(claimSchema.parse(fromFactClaim(claim))),
      withdrawn_by: null,
      withdrawn_ms: null,
    })
    .execute();
}

/** Throws `store-unavailable` for a claim that cannot be read: answers may rest on it, so it is never left out. */
export async function listFacts(db: Kysely<Tables>, namespace: string): Promise<readonly StoredFact[]> {
  const rows = await db
    .selectFrom('fact')
    .selectAll()
    .where('namespace', '=', namespace)
    .orderBy('declared_ms')
    .orderBy('id')
    .execute();
  return rows.map(factOf);
}

/** False: no such fact stands. Of two that withdraw at the same time, one succeeds. */
export async function withdrawFact(
  db: Kysely<Tables>,
  namespace: string,
  id: string,
  by: string,
  atMs: number,
): Promise<boolean> {
  const result = await db
    .updateTable('fact')
    .set({ withdrawn_by: by, withdrawn_ms: atMs })
    .where('namespace', '=', namespace)
    .where('id', '=', id)
    .where('withdrawn_ms', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function factOf(row: Selectable<Tables['fact']>): StoredFact {
  return {
    id: row.id,
    declaredBy: row.declared_by,
    declaredAtMs: row.declared_ms,
    note: row.note,
    claim: claimOf(row),
    withdrawn: row.withdrawn_ms === null ? null : { by: row.withdrawn_by ?? '', atMs: row.withdrawn_ms },
  };
}

function claimOf({ namespace, id, declared_by: by, claim }: Selectable<Tables['fact']>): FactClaim {
  const read = parsedAs(claimSchema, claim);
  if (read !== null) return toFactClaim(read);
  throw unavailable(
    `The declared fact ${JSON.stringify(id)} of namespace ${JSON.stringify(namespace)}, by ${JSON.stringify(by)}, cannot be read from the store.`,
    'Restore the store from a copy, or delete that row of the table `fact` and declare it again.',
  );
}
