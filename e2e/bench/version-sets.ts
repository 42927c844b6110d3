import { Connection } from '@temporalio/client';

/** As many as a server takes for one queue: `limit.versionCompatibleSetLimitPerQueue` and `limit.versionBuildIdLimitPerQueue`. */
const SETS = 10;
const BUILDS_PER_SET = 10;

/** Gives a task queue the most version sets and build IDs that a server's default limits allow. @returns how many of each */
export async function makeVersionSets(
  address: string,
  queue: { readonly namespace: string; readonly taskQueue: string },
): Promise<{ readonly sets: number; readonly builds: number }> {
  const connection = await Connection.connect({ address });
  try {
    for (let set = 1; set <= SETS; set += 1) {
      const first = `build-${set}.0`;
      await connection.workflowService.updateWorkerBuildIdCompatibility({
        ...queue,
        addNewBuildIdInNewDefaultSet: first,
      });
      for (let build = 1; build < BUILDS_PER_SET; build += 1) {
        await connection.workflowService.updateWorkerBuildIdCompatibility({
          ...queue,
          addNewCompatibleBuildId: { newBuildId: `build-${set}.${build}`, existingCompatibleBuildId: first },
        });
      }
    }
    return { sets: SETS, builds: SETS * BUILDS_PER_SET };
  } finally {
    await connection.close();
  }
}
