import type { Verdict } from '#lib/api/verdict/schemas.ts';
import { type CensusRun, type CensusSnapshot, emptySnapshot } from '#lib/domain/census/snapshot.ts';
import { markerOf } from '#lib/domain/census/test-runs.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { Store } from '#server/store/port.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { answerKey, type AnswerSubject } from '#server/usecases/verdict/answer-key.ts';
import { askedType, askedVerdict } from '#server/usecases/verdict-jobs/testing/played-ask.ts';

export const LISTED_MS = Date.UTC(2026, 10, 23, 20);
export const NOW_MS = LISTED_MS + 5_000;
export const live = (id: string) => markerOf({ kind: 'core', id, deprecated: false });
/** The patch that most tests ask about. */
export const p = { namespace: 'shop', kind: 'core', id: 'p' } as const;

/** A picture of namespace `shop` and a store, which may be replaced. */
export function createPatchBench(store: Store) {
  const bench = {
    store,
    ctxWith: (runs: readonly CensusRun[], picture: Partial<CensusSnapshot> = {}) => {
      const snapshot: CensusSnapshot = {
        ...emptySnapshot('shop'),
        fromMs: LISTED_MS - 100,
        toMs: LISTED_MS,
        isListComplete: true,
        runs,
        historiesRead: runs.filter((run) => run.facts !== null).length,
        ...picture,
      };
      const none = () => Promise.reject(new Error('not asked'));
      const census = { snapshot: () => snapshot, nextPass: none, takeVisibility: none, stop: none };
      return testCtx(createFakeTemporal().port, { store: bench.store, census, now: () => NOW_MS });
    },
    /** Stores an asked answer about patch `p` that ended a second ago. */
    answered: async (question: PatchQuestion, over: Partial<Verdict> = {}, about: Partial<AnswerSubject> = {}) => {
      const atMs = NOW_MS - 1_000;
      const subject = {
        question,
        patchId: 'p',
        workflowType: null,
        policy: 'open',
        targetBuild: null,
        ...about,
      } as const;
      const min = 'version' in question ? question.version : null;
      const verdict = askedVerdict({ atMs, question: question.name, min, byType: [askedType()], ...over });
      const body = JSON.stringify(verdict);
      await bench.store.saveAnswer('shop', { key: answerKey(subject), askedBy: 'ci', atMs, body });
      return verdict;
    },
  };
  return bench;
}

export type PatchBench = ReturnType<typeof createPatchBench>;
