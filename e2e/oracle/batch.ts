import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { checkWorld, type Judge, type Setting } from './check.ts';
import { count, emptyTally, type Tally } from './tally.ts';

/** Worlds with seeds from `from` on. */
export interface Batch {
  readonly setting: Setting;
  readonly from: number;
  readonly worlds: number;
}

export function runBatch(judge: Judge, { setting, from, worlds }: Batch): Tally {
  const tally = emptyTally();
  for (let seed = from; seed < from + worlds; seed += 1) count(tally, checkWorld(judge, seed, setting), setting);
  return tally;
}

/** @param file a judge-patch.ts: the project's, or a copy with a rule deleted */
async function loadJudge(file: string): Promise<Judge> {
  const loaded: { readonly judgePatch: Judge } = await import(pathToFileURL(file).href);
  return loaded.judgePatch;
}

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  const judge = await loadJudge(String(workerData));
  port.on('message', (batch: Batch) => port.postMessage(runBatch(judge, batch)));
}
