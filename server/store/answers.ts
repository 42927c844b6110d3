import type { Kysely, Selectable } from 'kysely';
import { verdictSchema } from '#lib/api/verdict/schemas.ts';
import { parsedAs } from '#server/parsed-as.ts';
import type { StoredAnswer } from '#server/store/port.ts';
import type { Tables } from '#server/store/tables.ts';

/** An answer holds for minutes; a pipeline that names a new build in each question would otherwise leave one for every deploy. */
const KEPT_MS = 90 * 86_400_000;

/** Keeps the newest answer of each key; drops answers of all namespaces that are older than 90 days. */
export async function saveAnswer(
  db: Kysely<Tables>,
  namespace: string,
  { key, askedBy, atMs, body }: StoredAnswer,
): Promise<void> {
  await db
    .insertInto('answer')
    .values({ namespace, key, asked_by: askedBy, at_ms: atMs, body })
    .onConflict((conflict) =>
      conflict
        .columns(['namespace', 'key'])
        .doUpdateSet({ asked_by: askedBy, at_ms: atMs, body })
        .where('answer.at_ms', '<=', atMs),
    )
    .execute();
  await db
    .deleteFrom('answer')
    .where('at_ms', '<', atMs - KEPT_MS)
    .execute();
}

export async function findAnswer(db: Kysely<Tables>, namespace: string, key: string): Promise<StoredAnswer | null> {
  const row = await db
    .selectFrom('answer')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('key', '=', key)
    .executeTakeFirst();
  return row === undefined || !isReadable(row) ? null : answerOf(row);
}

/** Newest first. */
export async function listAnswers(
  db: Kysely<Tables>,
  namespace: string,
  sinceMs: number,
): Promise<readonly StoredAnswer[]> {
  const rows = await db
    .selectFrom('answer')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('at_ms', '>=', sinceMs)
    .orderBy('at_ms', 'desc')
    .orderBy('key')
    .execute();
  return rows.filter(isReadable).map(answerOf);
}

/** An answer of an older form, or edited by hand, is none: it is asked for again. */
function isReadable(row: Selectable<Tables['answer']>): boolean {
  return parsedAs(verdictSchema, row.body) !== null;
}

function answerOf({ key, asked_by: askedBy, at_ms: atMs, body }: Selectable<Tables['answer']>): StoredAnswer {
  return { key, askedBy, atMs, body };
}
