import type { SecondClient } from '#e2e/faults/second-client.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** One change of one queue, with what a real server makes of it where nothing disturbs. */
export interface Scenario {
  readonly setup: readonly VersionSetOperation[];
  readonly operation: VersionSetOperation;
  readonly before: VersionSets;
  readonly after: VersionSets;
}

/** Two sets: a superseded by a2, then b, the queue default. */
const TWO_SETS: readonly VersionSetOperation[] = [
  { kind: 'add-new-default', buildId: 'a' },
  { kind: 'add-new-compatible', newBuildId: 'a2', existingBuildId: 'a', asQueueDefault: false },
  { kind: 'add-new-default', buildId: 'b' },
];

const CHANGES: readonly Pick<Scenario, 'setup' | 'operation'>[] = [
  { setup: [], operation: { kind: 'add-new-default', buildId: 'n' } },
  { setup: TWO_SETS, operation: { kind: 'add-new-default', buildId: 'n' } },
  { setup: TWO_SETS, operation: { kind: 'promote-set', buildId: 'a' } },
  { setup: TWO_SETS, operation: { kind: 'promote-within-set', buildId: 'a' } },
  { setup: TWO_SETS, operation: { kind: 'merge-sets', primaryBuildId: 'b', secondaryBuildId: 'a' } },
  ...[false, true].map((asQueueDefault) => ({
    setup: TWO_SETS,
    operation: { kind: 'add-new-compatible', newBuildId: 'n', existingBuildId: 'a', asQueueDefault } as const,
  })),
];

/** All five operations, each carried out once on a twin queue of the real server: no model says what must come out. */
export async function learnScenarios(client: SecondClient): Promise<readonly Scenario[]> {
  return Promise.all(
    CHANGES.map(async ({ setup, operation }, index) => {
      const twin = `twin-${index}`;
      await bringTo(client, twin, setup);
      const before = await client.readSets(twin);
      await bringTo(client, twin, [operation]);
      return { setup, operation, before, after: await client.readSets(twin) };
    }),
  );
}

/** Carries operations out that Temporal must take. */
export async function bringTo(
  client: SecondClient,
  taskQueue: string,
  operations: readonly VersionSetOperation[],
): Promise<void> {
  for (const operation of operations) {
    const refused = await client.change(taskQueue, operation);
    if (refused !== null) throw new Error(`gRPC ${refused}: ${taskQueue} did not take ${JSON.stringify(operation)}`);
  }
}
