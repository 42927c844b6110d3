import { patchIndexOf } from '#lib/domain/census/patch-index.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import type { Store } from '#server/store/port.ts';

/** Hands every queue and every recorded patch of a picture to the store. Labels alone prove no patch: they are not remembered. */
export async function rememberSeen(
  store: Pick<Store, 'rememberTaskQueues' | 'rememberPatches'>,
  snapshot: CensusSnapshot,
  atMs: number,
): Promise<void> {
  const queues = new Set(snapshot.runs.map((run) => run.summary.taskQueue));
  await store.rememberTaskQueues(snapshot.namespace, queues, atMs);
  const patches = patchIndexOf(snapshot)
    .patches.values()
    .flatMap(({ ref, byType }) => byType.keys().map((workflowType) => ({ ...ref, workflowType })));
  await store.rememberPatches(snapshot.namespace, patches, atMs);
}
