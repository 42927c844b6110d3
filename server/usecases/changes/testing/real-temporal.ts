import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';
import { hasCode } from '#server/errors.ts';
import { createTemporal } from '#server/temporal/client.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

const DAY_MS = 86_400_000;

export interface RealTemporal {
  readonly port: TemporalPort;
  /** Of this test alone, so that limits and counts are its own. */
  readonly namespace: string;
  /** The sets as Temporal's own client reads them. */
  readonly readSets: (taskQueue: string) => Promise<VersionSets>;
  readonly close: () => Promise<void>;
}

/** A namespace of one's own on the real server that the harness started. */
export async function openRealTemporal(address: string | undefined): Promise<RealTemporal> {
  if (!address) throw new Error('PATCHBOARD_TEST_ADDRESS must name a Temporal server; `npm test` starts one.');
  const connection = await Connection.connect({ address });
  const namespace = `version-sets-${randomUUID()}`;
  const { workflowService } = connection;
  await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(DAY_MS) });
  const readSets = async (taskQueue: string) => {
    const { majorVersionSets } = await workflowService.getWorkerBuildIdCompatibility({ namespace, taskQueue });
    return { sets: (majorVersionSets ?? []).map((set) => ({ buildIds: set.buildIds ?? [] })) };
  };
  // A new namespace is known everywhere only after the server's caches were refreshed.
  while (
    await readSets('none').then(
      () => false,
      () => true,
    )
  )
    await pause(100);
  const port = createTemporal({ address, namespace, apiKey: null, tls: null, metadata: {} });
  return {
    port,
    namespace,
    readSets,
    close: async () => {
      port.close();
      await connection.close();
    },
  };
}

/** The server takes ten changes of version sets a second in a namespace: waits and tries again when it says so. */
export async function writePatiently(
  { port, namespace }: RealTemporal,
  taskQueue: string,
  operation: VersionSetOperation,
): Promise<void> {
  for (;;) {
    try {
      return await port.updateVersionSets({ namespace, taskQueue, operation });
    } catch (error) {
      if (!hasCode(error, 'rate-limited')) throw error;
      await pause(500);
    }
  }
}
