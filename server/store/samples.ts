import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import { chunks } from '#server/store/chunks.ts';
import { kindOf } from '#server/store/kind-of.ts';
import { parsedAs } from '#server/parsed-as.ts';
import type { PatchSample } from '#server/store/port.ts';
import type { Tables } from '#server/store/tables.ts';

/** A page's longest history; older hours are dropped, of every namespace. */
const KEPT_MS = 90 * 86_400_000;

const versionsSchema = z.record(z.string(), z.int().nonnegative());

export async function addSamples(
  db: Kysely<Tables>,
  namespace: string,
  samples: readonly PatchSample[],
  atMs: number,
): Promise<void> {
  for await (const values of chunks(lastOfEach(namespace, samples))) {
    await db
      .insertInto('sample')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['namespace', 'kind', 'id', 'workflow_type', 'hour_ms']).doUpdateSet((eb) => ({
          open_runs: eb.ref('excluded.open_runs'),
          live: eb.ref('excluded.live'),
          deprecated: eb.ref('excluded.deprecated'),
          without_marker: eb.ref('excluded.without_marker'),
          versions: eb.ref('excluded.versions'),
        })),
      )
      .execute();
  }
  await db
    .deleteFrom('sample')
    .where('hour_ms', '<', atMs - KEPT_MS)
    .execute();
}

/** A sample whose counts cannot be read is a gap, not zero. */
export async function listSamples(
  db: Kysely<Tables>,
  namespace: string,
  { kind, id }: PatchRef,
  sinceMs: number,
): Promise<readonly PatchSample[]> {
  const rows = await db
    .selectFrom('sample')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .where('hour_ms', '>=', sinceMs)
    .orderBy('hour_ms')
    .orderBy('workflow_type')
    .execute();
  return rows.flatMap(sampleOf);
}

function sampleOf(row: Selectable<Tables['sample']>): readonly PatchSample[] {
  const versions = parsedAs(versionsSchema, row.versions);
  if (versions === null) return [];
  return [
    {
      kind: kindOf(row.kind),
      id: row.id,
      workflowType: row.workflow_type,
      hourMs: row.hour_ms,
      openRuns: row.open_runs,
      live: row.live,
      deprecated: row.deprecated,
      withoutMarker: row.without_marker,
      versions,
    },
  ];
}

/** PostgreSQL refuses to write one row twice in one statement. */
function lastOfEach(namespace: string, samples: readonly PatchSample[]): readonly Tables['sample'][] {
  const rows = samples.map((sample) => ({
    namespace,
    kind: sample.kind,
    id: sample.id,
    workflow_type: sample.workflowType,
    hour_ms: sample.hourMs,
    open_runs: sample.openRuns,
    live: sample.live,
    deprecated: sample.deprecated,
    without_marker: sample.withoutMarker,
    versions: JSON.stringify(sample.versions),
  }));
  return [
    ...new Map(rows.map((row) => [JSON.stringify([row.kind, row.id, row.workflow_type, row.hour_ms]), row])).values(),
  ];
}
