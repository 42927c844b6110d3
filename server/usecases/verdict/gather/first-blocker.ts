import type { RunSummary } from '#lib/domain/census/types.ts';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { markersOf } from '#lib/domain/verdict/classify-run.ts';
import { blocksForSure } from '#lib/domain/verdict/first-blocker.ts';
import { isLabelOf } from '#lib/domain/verdict/question.ts';
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
  /** The patch was seen in this type: before that, a run without it proves nothing. */
  readonly noteSeen: (workflowType: string) => void;
  /** Reads all, the promising first, until one blocks. */
  readonly readUntil: (runs: readonly RunSummary[]) => Promise<void>;
}

export function openFirstBlocker({
  asked,
  histories,
  workers,
}: Pick<Gathering, 'asked' | 'histories' | 'workers'>): FirstBlocker {
  const { question, patchId, facts } = asked;
  const blocking = new Set<string>();
  const seen = new Set<string>();
  const isFound = () => [...blocking].some((workflowType) => seen.has(workflowType));
  const onRead = (run: CensusRun) => {
    const { workflowType } = run.summary;
    if (run.facts !== null && markersOf(run.facts, asked).length > 0) seen.add(workflowType);
    const frame = { question, patchId, facts, target: targetOf(asked, workers) };
    if (!blocking.has(workflowType) && blocksForSure(run, frame)) blocking.add(workflowType);
  };
  const inOrder = (runs: readonly RunSummary[]) => mostPromisingFirst(runs, question, patchId);
  return {
    isFound,
    noteSeen: (workflowType) => seen.add(workflowType),
    lookInto: async (runs) => {
      for (const run of runs) {
        if (run.labels.some((label) => isLabelOf(label, question, patchId))) seen.add(run.workflowType);
      }
      if (!isFound()) {
        const promising = inOrder(runs).slice(0, PROBES_A_PAGE);
        await histories.read(promising, { readers: PROBE_READERS, isEnough: isFound, onRead });
      }
      return isFound();
    },
    readUntil: (runs) => histories.read(inOrder(runs), { isEnough: isFound, onRead }),
  };
}

export function targetOf({ targetBuild }: AskedIn, workers: WorkerWatch): TargetBuild | null {
  return targetBuild === null ? null : { build: targetBuild, setsByQueue: workers.setsByQueue() };
}
