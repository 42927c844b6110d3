import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { createHolders } from '#lib/domain/verdict/holders.ts';
import { openIdentityBook } from '#lib/domain/verdict/identity-book.ts';
import type { WorkerSeen } from '#lib/domain/verdict/types.ts';
import { corePatch } from '#lib/domain/verdict/testing/facts.ts';

/** Holders for type `T` from runs and facts, with the facts that answers came to rest on. */
export function holdersFrom(
  runs: readonly CensusRun[],
  facts: readonly DeclaredFact[] = [],
  patch: PatchRef = corePatch,
  workers: readonly WorkerSeen[] = [],
) {
  const workflowType = 'T';
  const book = openIdentityBook(runs, { patch, workflowType });
  const used = new Set<DeclaredFact>();
  const holders = createHolders({ patch, workflowType, book, facts, workers, onUsed: (fact) => used.add(fact) });
  return { ...holders, book, used };
}

/** On the queue of the builders, at a time or now. */
export function moment(timeMs = 1_000_000, taskQueue = 'queue') {
  return { taskQueue, timeMs };
}
