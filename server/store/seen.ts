import type { Kysely } from 'kysely';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import { chunks } from '#server/store/chunks.ts';
import { kindOf } from '#server/store/kind-of.ts';
import type { Remembered } from '#server/store/port.ts';
import type { Tables } from '#server/store/tables.ts';

/** `last_seen_ms` is written at most this often per name: a census that sees the same names every pass costs no write. */
export const LAST_SEEN_STEP_MS = 60_000;

type PatchOfType = PatchRef & { readonly workflowType: string };

export async function rememberTaskQueues(
  db: Kysely<Tables>,
  namespace: string,
  names: Iterable<string>,
  atMs: number,
): Promise<void> {
  const rows = [...new Set(names)].map((name) => ({ namespace, name, first_seen_ms: atMs, last_seen_ms: atMs }));
  for await (const values of chunks(rows)) {
    await db
      .insertInto('task_queue')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .columns(['namespace', 'name'])
          .doUpdateSet({ last_seen_ms: atMs })
          .where('task_queue.last_seen_ms', '<=', atMs - LAST_SEEN_STEP_MS),
      )
      .execute();
  }
}

export async function rememberPatches(
  db: Kysely<Tables>,
  namespace: string,
  patches: Iterable<PatchOfType>,
  atMs: number,
): Promise<void> {
  const rows = Array.from(patches, ({ kind, id, workflowType }) => ({
    namespace,
    kind,
    id,
    workflow_type: workflowType,
    first_seen_ms: atMs,
    last_seen_ms: atMs,
  }));
  for await (const values of chunks(rows)) {
    await db
      .insertInto('patch')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .columns(['namespace', 'kind', 'id', 'workflow_type'])
          .doUpdateSet({ last_seen_ms: atMs })
          .where('patch.last_seen_ms', '<=', atMs - LAST_SEEN_STEP_MS),
      )
      .execute();
  }
}

export async function listTaskQueues(
  db: Kysely<Tables>,
  namespace: string,
): Promise<readonly (Remembered & { readonly name: string })[]> {
  const rows = await db
    .selectFrom('task_queue')
    .selectAll()
    .where('namespace', '=', namespace)
    .orderBy('name')
    .execute();
  return rows.map((row) => ({ name: row.name, firstSeenMs: row.first_seen_ms, lastSeenMs: row.last_seen_ms }));
}

/** One item per patch; its times are the first and the last over its workflow types. */
export async function listPatches(
  db: Kysely<Tables>,
  namespace: string,
): Promise<readonly (Remembered & PatchRef & { readonly workflowTypes: readonly string[] })[]> {
  const rows = await db
    .selectFrom('patch')
    .selectAll()
    .where('namespace', '=', namespace)
    .orderBy('id')
    .orderBy('kind')
    .orderBy('workflow_type')
    .execute();
  const groups = Map.groupBy(rows, (row) => `${row.kind}:${row.id}`);
  return Array.from(groups.values(), (group) => ({
    kind: kindOf(group[0]?.kind),
    id: group[0]?.id ?? '',
    workflowTypes: group.map((row) => row.workflow_type),
    firstSeenMs: Math.min(...group.map((row) => row.first_seen_ms)),
    lastSeenMs: Math.max(...group.map((row) => row.last_seen_ms)),
  }));
}
