import { patchIndexOf } from '#lib/domain/census/patch-index.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import { samplesOf } from '#server/census/samples-of.ts';
import type { Store } from '#server/store/port.ts';

const HOUR_MS = 3_600_000;

/** An hour's sample is replaced this often at most: its last one stands for the hour. */
const SAMPLE_EVERY_MS = 5 * 60_000;

/** A patch is counted this long after it was last seen, which is as long as a page can show its past. */
const SAMPLED_MS = 90 * 24 * HOUR_MS;

type SeenStore = Pick<Store, 'rememberTaskQueues' | 'rememberPatches' | 'listPatches' | 'addSamples'>;

/** What tells the store of one namespace's pictures, one after another. */
export function createSeenRecorder(store: SeenStore): (snapshot: CensusSnapshot, atMs: number) => Promise<void> {
  /** End of the listing that was last sampled. */
  let sampledMs: number | null = null;

  return async (snapshot, atMs) => {
    await rememberSeen(store, snapshot, atMs);
    // A picture that does not advance belongs to the hour of its listing, whatever the time is now.
    const { toMs } = snapshot;
    if (toMs === null || (sampledMs !== null && !isDue(sampledMs, toMs))) return;
    const patches = await store.listPatches(snapshot.namespace);
    const recent = patches.filter((patch) => patch.lastSeenMs >= toMs - SAMPLED_MS);
    const samples = samplesOf(snapshot, recent, hourOf(toMs));
    if (samples.length === 0) return;
    await store.addSamples(snapshot.namespace, samples, toMs);
    sampledMs = toMs;
  };
}

function isDue(sampledMs: number, toMs: number): boolean {
  return toMs - sampledMs >= SAMPLE_EVERY_MS || hourOf(toMs) !== hourOf(sampledMs);
}

function hourOf(ms: number): number {
  return Math.floor(ms / HOUR_MS) * HOUR_MS;
}

/** Hands every queue and every recorded patch of a picture to the store. Labels alone prove no patch: they are not remembered. */
async function rememberSeen(store: SeenStore, snapshot: CensusSnapshot, atMs: number): Promise<void> {
  const queues = new Set(snapshot.runs.map((run) => run.summary.taskQueue));
  await store.rememberTaskQueues(snapshot.namespace, queues, atMs);
  const patches = patchIndexOf(snapshot)
    .patches.values()
    .flatMap(({ ref, byType }) => byType.keys().map((workflowType) => ({ ...ref, workflowType })));
  await store.rememberPatches(snapshot.namespace, patches, atMs);
}
