import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { TaskFact } from '#lib/domain/census/types.ts';
import { callbackOf } from '#lib/domain/verdict/callback.ts';
import { inOrder } from '#lib/domain/verdict/declared-facts.ts';
import { classifyRun } from '#lib/domain/verdict/classify-run.ts';
import { canBeTrusted, createHolders, type Holding } from '#lib/domain/verdict/holders.ts';
import { openIdentityBook } from '#lib/domain/verdict/identity-book.ts';
import { identityOfTask } from '#lib/domain/verdict/identity.ts';
import { patchOf } from '#lib/domain/verdict/question.ts';
import type { Evidence } from '#lib/domain/verdict/types.ts';

type Frame = Pick<Evidence, 'question' | 'patchId' | 'facts' | 'target'>;

/**
 * Does this run block whatever else will be read? Of identities that could still be shown to have the call, the best is assumed;
 * further markers can only make things worse, unless they contradict a fact that this rests on: then the reader stopped too early
 * and the answer is unknown. Lets a reader stop early, and is no verdict.
 */
export function blocksForSure(run: CensusRun, { question, patchId, facts: declared, target }: Frame): boolean {
  const facts = inOrder(declared);
  const patch = patchOf(question, patchId);
  const { workflowType } = run.summary;
  const ignore = () => undefined;
  const book = openIdentityBook([run], { patch, workflowType });
  const holders = createHolders({ patch, workflowType, book, facts, onUsed: ignore });
  const atBest = (task: TaskFact, holding: Holding): Holding => {
    const identity = identityOfTask(task);
    if (holding === 'yes' || holding === 'lacks' || identity === null) return holding;
    return canBeTrusted(identity, facts) ? 'yes' : holding;
  };
  const found = classifyRun(run, {
    question,
    patchId,
    target,
    callback: callbackOf(facts, ignore),
    holders: {
      ...holders,
      holdsCallAt: (task) => atBest(task, holders.holdsCallAt(task)),
      deprecatesAt: (task) => atBest(task, holders.deprecatesAt(task)),
      deprecatesAllAt: (task) => atBest(task, holders.deprecatesAllAt(task)),
      recordsOnlyAt: (task, asked) => atBest(task, holders.recordsOnlyAt(task, asked)),
    },
    knownPatchIds: [],
    proofOf: () => null,
    onUsed: ignore,
  });
  switch (found.class) {
    case 'may-hold-old-branch':
      return !facts.some(({ claim }) => claim.kind === 'replay-proof' && claim.runId === run.summary.runId);
    case 'label-full':
    case 'version-refused':
      return true;
    case 'marker-live':
      return question.name === 'remove';
    case 'unknown':
    case 'fenced':
    case 'no-task-yet':
    case 'survived':
    case 'marker-deprecated':
    case 'version-kept':
    case 'not-reached':
    case 'proven':
      return false;
  }
}
