import type { RunSummary } from '#lib/domain/census/types.ts';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { blocksForSure } from '#lib/domain/verdict/first-blocker.ts';
import type { TargetBuild } from '#lib/domain/verdict/types.ts';
import type { AskedIn, Gathering } from '#server/usecases/verdict/gather/gather-evidence.ts';
import { mostPromisingFirst } from '#server/usecases/verdict/gather/promising.ts';
import type { WorkerWatch } from '#server/usecases/verdict/gather/worker-watch.ts';

/** Histories looked into after each page of 1,000 runs, before the next page is asked for. */
const PROBES_A_PAGE = 12;

/** Readers at a time while one may be enough: each further one may read for nothing. */
const PROBE_READERS = 2;

/** The search for one run that blocks whatever else is read, where the answer alone is wanted. */
export interface FirstBlocker {
  readonly isFound: () => boolean;
  /** Reads a few promising histories of a page. @returns whether a blocker is found by now */
  readonly lookInto: (runs: readonly RunSummary[]) => Promise<boolean>;
  /** Reads all, the promising first, until one blocks. */
  readonly readUntil: (runs: readonly RunSummary[]) => Promise<void>;
}

export function openFirstBlocker({
  asked,
  histories,
  workers,
}: Pick<Gathering, 'asked' | 'histories' | 'workers'>): FirstBlocker {
  const { question, patchId, facts } = asked;
  let isFound = false;
  const isEnough = () => isFound;
  const onRead = (run: CensusRun) => {
    isFound ||= blocksForSure(run, { question, patchId, facts, target: targetOf(asked, workers) });
  };
  const inOrder = (runs: readonly RunSummary[]) => mostPromisingFirst(runs, question, patchId);
  return {
    isFound: isEnough,
    lookInto: async (runs) => {
      if (!isFound) {
        await histories.read(inOrder(runs).slice(0, PROBES_A_PAGE), { readers: PROBE_READERS, isEnough, onRead });
      }
      return isFound;
    },
    readUntil: (runs) => histories.read(inOrder(runs), { isEnough, onRead }),
  };
}

export function targetOf({ targetBuild }: AskedIn, workers: WorkerWatch): TargetBuild | null {
  return targetBuild === null ? null : { build: targetBuild, setsByQueue: workers.setsByQueue() };
}
