import { Worker } from 'node:worker_threads';
import type { Batch } from './batch.ts';
import { emptyTally, merge, type Tally } from './tally.ts';

const WORLDS_AT_ONCE = 250;

interface Threads extends AsyncDisposable {
  /** Plays the batch on all threads. */
  readonly run: (batch: Batch) => Promise<Tally>;
}

export function startThreads(judgeFile: string, many: number): Threads {
  const workers = Array.from(
    { length: many },
    () => new Worker(new URL('./batch.ts', import.meta.url), { workerData: judgeFile }),
  );

  async function run({ setting, from, worlds }: Batch): Promise<Tally> {
    const tally = emptyTally();
    let next = from;
    const end = from + worlds;
    await Promise.all(
      workers.map(async (worker) => {
        while (next < end) {
          const part: Batch = { setting, from: next, worlds: Math.min(WORLDS_AT_ONCE, end - next) };
          next += part.worlds;
          merge(tally, await play(worker, part));
        }
      }),
    );
    return tally;
  }

  return {
    run,
    [Symbol.asyncDispose]: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}

function play(worker: Worker, batch: Batch): Promise<Tally> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (tally: Tally) => {
      worker.off('error', reject);
      resolve(tally);
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(batch);
  });
}
