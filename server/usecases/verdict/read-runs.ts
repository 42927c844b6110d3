import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { Budget } from '#server/usecases/verdict/budget.ts';
import { readRun } from '#server/usecases/verdict/read-run.ts';

/** Histories under way at a time: enough to hide the round trip, few enough to leave the namespace to its workers. */
const READERS = 8;

export interface ReadOptions {
  readonly namespace: string;
  /** In the order in which they are worth reading. */
  readonly runs: readonly RunSummary[];
  readonly onRead: (run: CensusRun) => void;
  readonly onUnreadable: (runId: string) => void;
  /** Asked before each history. */
  readonly isEnough: () => boolean;
}

/** Reads histories until all are read, enough is known, or the budget is spent. Ends with no call under way. */
export async function readRuns(ctx: Ctx, options: ReadOptions, budget: Budget): Promise<void> {
  const { namespace, runs, onRead, onUnreadable, isEnough } = options;
  const queue = runs.values();
  let hasFailed = false;

  async function reader(): Promise<void> {
    for (const summary of queue) {
      if (hasFailed || isEnough() || budget.isOver() || !budget.takeHistory()) return;
      const reading = await readRun(ctx, namespace, summary, budget).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
      if (reading === 'out-of-time') return;
      if (reading === 'unreadable') onUnreadable(summary.runId);
      else onRead(reading);
    }
  }

  const results = await Promise.allSettled(Array.from({ length: READERS }, reader));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
