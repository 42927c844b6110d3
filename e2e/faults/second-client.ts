import { status } from '@grpc/grpc-js';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';
import { waitFor } from '#e2e/harness/wait.ts';

/** Temporal's own client: reads and writes sets beside Patchboard, and shares no code with it. */
export interface SecondClient extends AsyncDisposable {
  readonly readSets: (taskQueue: string) => Promise<VersionSets>;
  /** @returns null when Temporal took it, else the gRPC status by which it refused. Waits where it limits the rate. */
  readonly change: (taskQueue: string, operation: VersionSetOperation) => Promise<status | null>;
}

const DAY_MS = 86_400_000;
const READ_TIMEOUT_MS = 60_000;
const RATE_PAUSE_MS = 300;

/** In a namespace that is registered where it is not there yet. Waits until its calls are answered. */
export async function openSecondClient(address: string, namespace: string): Promise<SecondClient> {
  // Without the client's own retries: each call is one.
  const connection = await Connection.connect({ address, interceptors: [] });
  const { workflowService } = connection;
  const readOnce = async (taskQueue: string): Promise<VersionSets> => {
    const { majorVersionSets } = await workflowService.getWorkerBuildIdCompatibility({ namespace, taskQueue });
    return { sets: (majorVersionSets ?? []).map((set) => ({ buildIds: set.buildIds ?? [] })) };
  };
  // A server that just starts, or lets go of an idle queue, answers the next one.
  const readSets = (taskQueue: string) =>
    waitFor(() => readOnce(taskQueue), { what: `a reading of ${taskQueue}`, timeoutMs: READ_TIMEOUT_MS });
  const changeOnce = async (taskQueue: string, operation: VersionSetOperation): Promise<status | null> => {
    try {
      await workflowService.updateWorkerBuildIdCompatibility({ namespace, taskQueue, ...fieldsOf(operation) });
      return null;
    } catch (error) {
      if (isGrpcServiceError(error)) return error.code;
      throw error;
    }
  };
  await workflowService
    .registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(DAY_MS) })
    .catch((error: unknown) => {
      if (!isGrpcServiceError(error) || error.code !== status.ALREADY_EXISTS) throw error;
    });
  await readSets('nobody-knows');
  return {
    readSets,
    change: async (taskQueue, operation) => {
      for (;;) {
        const refused = await changeOnce(taskQueue, operation);
        if (refused !== status.RESOURCE_EXHAUSTED) return refused;
        await new Promise((resolve) => setTimeout(resolve, RATE_PAUSE_MS));
      }
    },
    [Symbol.asyncDispose]: () => connection.close(),
  };
}

/** Fields of UpdateWorkerBuildIdCompatibilityRequest, written a second time on purpose. */
function fieldsOf(operation: VersionSetOperation) {
  switch (operation.kind) {
    case 'add-new-default':
      return { addNewBuildIdInNewDefaultSet: operation.buildId };
    case 'add-new-compatible':
      return {
        addNewCompatibleBuildId: {
          newBuildId: operation.newBuildId,
          existingCompatibleBuildId: operation.existingBuildId,
          makeSetDefault: operation.asQueueDefault,
        },
      };
    case 'promote-set':
      return { promoteSetByBuildId: operation.buildId };
    case 'promote-within-set':
      return { promoteBuildIdWithinSet: operation.buildId };
    case 'merge-sets':
      return {
        mergeSets: { primarySetBuildId: operation.primaryBuildId, secondarySetBuildId: operation.secondaryBuildId },
      };
  }
}
