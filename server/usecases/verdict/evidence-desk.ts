import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';
import { markersOf } from '#lib/domain/verdict/classify-run.ts';
import { EXAMPLES_MAX } from '#lib/domain/verdict/examples.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import type { Evidence } from '#lib/domain/verdict/types.ts';

/** Histories read after the first blocking run, so that a reader sees more than one: two seconds at the usual rate. */
const READS_AFTER_BLOCKER = 100;

/** What stays the same while evidence comes in. */
export type Frame = Pick<Evidence, 'question' | 'patchId' | 'workflowType' | 'rememberedTypes' | 'trust'>;

export interface Gathered {
  readonly evidence: Evidence;
  /** True: the answer was known before everything was read. `evidence` then holds only what was read. */
  readonly isStoppedAtBlocker: boolean;
}

/** Where listed runs and read histories of one namespace come together, and where it shows when enough is known. */
export interface EvidenceDesk {
  readonly hold: (runs: readonly RunSummary[]) => void;
  readonly unreadOf: (runs: readonly RunSummary[]) => readonly RunSummary[];
  readonly putRead: (run: CensusRun) => void;
  readonly putUnreadable: (runId: string) => void;
  readonly hasBlocker: () => boolean;
  readonly isEnough: () => boolean;
  readonly finish: (how: { isListComplete: boolean; isAllAsked: boolean }) => Gathered;
}

export function openDesk(frame: Frame): EvidenceDesk {
  const runs = new Map<string, CensusRun>();
  const unreadableRunIds = new Set<string>();
  const typesThatUse = new Set(frame.rememberedTypes);
  let blockers = 0;
  let readsAfterBlocker = 0;

  const isUnread = (runId: string) => runs.get(runId)?.facts === null && !unreadableRunIds.has(runId);

  /** Alone, but knowing which types use the patch. The last word is the verdict over all runs. */
  function blocksAlone(run: CensusRun): boolean {
    const alone = { ...frame, rememberedTypes: [...typesThatUse], runs: [run], unreadableRunIds };
    return judgePatch({ ...alone, isListComplete: true, unreadCode: 'evidence-budget' }).answer === 'blocked';
  }

  return {
    hold: (summaries) => {
      for (const summary of summaries) {
        if (!runs.has(summary.runId)) runs.set(summary.runId, { summary, facts: null, factsReadMs: null });
      }
    },
    unreadOf: (summaries) => summaries.filter((summary) => isUnread(summary.runId)),
    putRead: (run) => {
      runs.set(run.summary.runId, run);
      if (run.facts !== null && markersOf(run.facts, frame.question, frame.patchId).length > 0) {
        typesThatUse.add(run.summary.workflowType);
      }
      if (blockers > 0) readsAfterBlocker += 1;
      if (blocksAlone(run)) blockers += 1;
    },
    putUnreadable: (runId) => unreadableRunIds.add(runId),
    hasBlocker: () => blockers > 0,
    isEnough: () => blockers >= EXAMPLES_MAX || readsAfterBlocker >= READS_AFTER_BLOCKER,
    finish: ({ isListComplete, isAllAsked }) => {
      const held = [...runs.values()];
      const read = held.filter((run) => !isUnread(run.summary.runId));
      const isStoppedAtBlocker = blockers > 0 && (!isAllAsked || !isListComplete || read.length < held.length);
      return {
        isStoppedAtBlocker,
        evidence: {
          ...frame,
          runs: isStoppedAtBlocker ? read : held,
          isListComplete: isStoppedAtBlocker || isListComplete,
          unreadCode: 'evidence-budget',
          unreadableRunIds,
        },
      };
    },
  };
}
