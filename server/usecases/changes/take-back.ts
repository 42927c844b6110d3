import type { Change } from '#lib/api/changes/schemas.ts';
import { nextUndoStep } from '#lib/domain/change-plan/undo.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';
import { changedSinceWords } from '#lib/format/changed-since-words.ts';
import { OUTCOME_WORDS } from '#lib/format/plan-words.ts';
import { undoWords } from '#lib/format/plan-fact-words.ts';
import { CodedError } from '#server/errors.ts';
import { getChange } from '#server/usecases/changes/get-change.ts';
import type { PlannedQueue } from '#server/usecases/changes/read-for-plan.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** The change that is to be taken back. Throws `not-found`, `invalid-request` for a change of another queue, `refused` for one that was not stored. */
export async function changeToTakeBack(ctx: Ctx, { namespace, taskQueue }: PlannedQueue, id: string): Promise<Change> {
  const change = await getChange(ctx, { namespace, id });
  if (change.taskQueue !== taskQueue) {
    throw new CodedError(
      'invalid-request',
      `That change is of the task queue ${JSON.stringify(change.taskQueue)}.`,
      'Plan on the task queue of the change that is to be undone.',
    );
  }
  if (change.stored.is === true) return change;
  const why = change.outcome === null ? 'This one is still under way.' : OUTCOME_WORDS[change.outcome];
  throw refused(`Only a change that was stored can be undone. ${why}`);
}

/** The next operation that takes the change back. Throws `refused` where there is none, or none any more. */
export function nextTakeBack({ before, operation }: Change, now: VersionSets): VersionSetOperation {
  const step = nextUndoStep({ sets: before }, operation, now);
  switch (step.kind) {
    case 'operation':
      return step.operation;
    case 'done':
      throw refused('This change is already undone.');
    case 'none':
      throw refused(undoWords(step));
    case 'changed-since':
      throw refused(changedSinceWords(step));
  }
}

function refused(message: string): CodedError {
  return new CodedError('refused', message, 'Look at the sets as they are now, and plan the operation that you want.');
}
